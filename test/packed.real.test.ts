import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { freePorts } from '../infra/local/free-ports.ts';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('..', import.meta.url));
const installTakesMs = 5 * 60_000;

let folder = '';
let packed: { filename: string; files: { path: string }[] };

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trueup-packed-'));
  const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], { cwd: checkout });
  [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
  await writeFile(join(folder, 'package.json'), '{"private": true}');
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${packed.filename}`];
  await run('npm', args, { cwd: folder, timeout: installTakesMs });
});

after(() => rm(folder, { recursive: true, force: true }));

function trueup(...args: string[]) {
  return run(join(folder, 'node_modules', '.bin', 'trueup'), args, { cwd: folder, timeout: 60_000 });
}

test('packed tarball carries JavaScript only: Node runs no .ts under node_modules', () => {
  const paths = packed.files.map(({ path }) => path);
  ok(paths.includes('dist/trueup.mjs') && paths.includes('bin/trueup.mjs'));
  deepEqual(
    paths.filter((path) => /\.ts$|^(lib|cli|test|functions)\//.test(path)),
    [],
  );
});

test('packed trueup tells its version', async () => {
  match((await trueup('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('packed trueup renders a folder', async () => {
  await mkdir(join(folder, 'app'));
  await writeFile(join(folder, 'app', 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
  const [{ metadata }] = JSON.parse((await trueup('render', 'app', '-o', 'json')).stdout);
  equal(metadata.name, 'a');
});

test('packed trueup renders with the kubectl of its own package', async () => {
  await mkdir(join(folder, 'kustomized'));
  await writeFile(
    join(folder, 'kustomized', 'kustomization.yaml'),
    'configMapGenerator: [{name: b, literals: [a=1]}]\n',
  );
  match((await trueup('render', 'kustomized')).stdout, /name: b-\w+/);
});

test('packed trueup serves', async (t) => {
  const [port = 0] = await freePorts(1);
  await mkdir(join(folder, 'fleet'));
  const config = join(folder, 'trueup.yaml');
  await writeFile(config, smallest);
  const serving = spawn(join(folder, 'node_modules', '.bin', 'trueup'), ['serve', '-c', config, '--port', `${port}`], {
    env: { ...process.env, HOOK_SECRET: 'secret' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  serving.stderr.on('data', (chunk) => said.push(String(chunk)));
  t.after(() => serving.kill('SIGKILL'));
  equal(await untilHealthy(port), 'ok', said.join(''));
  serving.kill('SIGTERM');
  equal((await once(serving, 'exit'))[0], 0, said.join(''));
});

const smallest = `
store: {kind: sqlite, path: ./trueup.db}
gitHosts: [{name: git, kind: git, url: "https://git.example.com", webhookSecret: {env: HOOK_SECRET}}]
clusters: [{name: prod, kubeconfig: ./kubeconfig}]
fleet: {path: ./fleet}
`;

async function untilHealthy(port: number): Promise<string | null> {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (answer !== null) return z.object({ status: z.string() }).parse(await answer.json()).status;
    await sleep(200);
  }
  return null;
}
