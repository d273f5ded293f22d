/** jq finds its own files again after esbuild has moved them: in the bundles of the functions, and in the one that is published. */
import { equal } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);

/** As serverless.yml has it. */
const banner =
  "import { createRequire as trueupRequire } from 'node:module'; const require = trueupRequire(import.meta.url);";

test('open-jq works in a bundle', async (t) => {
  const outdir = await mkdtemp(join(tmpdir(), 'trueup-jq-'));
  t.after(() => rm(outdir, { recursive: true, force: true }));
  await build({
    stdin: {
      contents:
        "import { openJq } from './open-jq.ts'; console.log(JSON.stringify(await openJq().select(['.a[]'], { a: [1] })));",
      resolveDir: fileURLToPath(new URL('../../../lib/adapters/jq', import.meta.url)),
      sourcefile: 'main.ts',
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    keepNames: true,
    mainFields: ['module', 'main'],
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js: banner },
  });
  const { stdout } = await run(process.execPath, [join(outdir, 'stdin.mjs')]);
  equal(stdout.trim(), '[{"paths":[["a",0]]}]');
});
