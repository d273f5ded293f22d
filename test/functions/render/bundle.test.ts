/** What is deployed with the render function: nothing that could speak to a cluster, to AWS or to a store. */
import { deepEqual, ok } from 'node:assert/strict';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));

test('render brings no client of AWS or Kubernetes, no store and no Git host', async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['functions/render/handler.ts'],
    outfile: 'render.mjs',
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs);
  deepEqual(
    inputs.filter((path) => /@aws-sdk|@smithy|@kubernetes|@octokit|undici/.test(path)),
    [],
  );
  const adapters = new Set(inputs.flatMap((path) => /^lib\/adapters\/([^/]+)\//.exec(path)?.[1] ?? []));
  deepEqual([...adapters].sort(), ['lambda', 'log', 'renderer']);
  const sizeBytes = metafile.outputs['render.mjs']?.bytes ?? Number.POSITIVE_INFINITY;
  ok(sizeBytes < 700_000, `${sizeBytes} bytes`);
});
