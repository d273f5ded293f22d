/** bootstrap.mjs is transparent: arguments, exit codes and signals pass through it to a script on Node 24. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tempFolder } from '../../support/temp-folder.ts';

const bootstrap = fileURLToPath(new URL('../../../infra/local/bootstrap.mjs', import.meta.url));

function script(t: TestContext, content: string): string {
  const path = join(tempFolder(t), 'script.ts');
  writeFileSync(path, content);
  return path;
}

test('bootstrap runs a TypeScript file on Node 24 with its arguments, and its exit code is ours', (t) => {
  const path = script(
    t,
    'const a: string[] = process.argv.slice(2); console.log(process.versions.node, ...a); process.exit(7);',
  );
  const { stdout, status } = spawnSync('node', [bootstrap, path, 'one', '--two'], { encoding: 'utf8' });
  match(stdout, /^(2[4-9]|[3-9]\d)\.\S+ one --two\n$/);
  equal(status, 7);
});

test('bootstrap puts the tools of the checkout first on the PATH', (t) => {
  const path = script(t, "console.log(process.env.PATH?.split(':')[0]);");
  match(spawnSync('node', [bootstrap, path], { encoding: 'utf8' }).stdout, /node_modules\/\.bin\n$/);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`bootstrap passes ${signal} on and lets the script clean up`, async (t) => {
    const path = script(
      t,
      `process.on('${signal}', () => { console.log('cleaned up'); process.exit(5); }); setInterval(() => {}, 1000); console.log('ready');`,
    );
    const child = spawn('node', [bootstrap, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
    await once(child.stdout, 'data');
    child.kill(signal);
    const [code] = await once(child, 'close');
    deepEqual({ code, said: said.join('') }, { code: 5, said: 'ready\ncleaned up\n' });
  });
}

test('bootstrap ends by the signal that ended the script', async (t) => {
  const path = script(t, "console.log('ready'); setInterval(() => {}, 1000);");
  const child = spawn('node', [bootstrap, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  deepEqual(await once(child, 'exit'), [null, 'SIGTERM']);
});

test('bootstrap says how it is called', () => {
  const { stderr, status } = spawnSync('node', [bootstrap], { encoding: 'utf8' });
  deepEqual({ stderr, status }, { stderr: 'usage: node infra/local/bootstrap.mjs SCRIPT.ts ARGS…\n', status: 2 });
});
