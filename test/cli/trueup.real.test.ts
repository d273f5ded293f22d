import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../../infra/local/free-ports.ts';
import { git } from '../../infra/local/git-server/git.ts';
import { type GitServer, startGitServer } from '../../infra/local/git-server/git-server.ts';
import { findTools } from '../../infra/local/tools.ts';
import { sharedControlPlane } from '../support/control-plane.ts';

const cluster = sharedControlPlane();
const command = fileURLToPath(new URL('../../bin/trueup.mjs', import.meta.url));
const takesMs = 60_000;

let folder = '';
let tree = '';
let namespace = '';
let server: GitServer;
let port = 0;

type Ran = { code: number; stdout: string; stderr: string };

function trueup(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd: folder, timeout: takesMs }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

async function push(value: string): Promise<string> {
  const data = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {value: "${value}"}\n`;
  await writeFile(join(tree, 'settings.yaml'), data);
  await git(tree, 'add', '-A');
  await git(tree, 'commit', '-q', '-m', `Set ${value}`);
  await git(tree, 'push', '-q', 'origin', 'HEAD:main');
  return (await git(tree, 'rev-parse', 'HEAD')).trim();
}

async function kubectl(...args: string[]): Promise<string> {
  const { kubectl: program } = await findTools();
  const run = promiseOf(program, ['--kubeconfig', cluster.kubeconfig, '-n', namespace, ...args]);
  return (await run).trim();
}

function promiseOf(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: takesMs }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}

const liveValue = () => kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.value}');

describe('the command', () => {
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueup-cli-'));
    [port = 0] = await freePorts(1);
    namespace = await cluster.freshNamespace();
    const hook = { url: `http://127.0.0.1:${port}/hooks/git`, secret: 's3cret' };
    server = await startGitServer({ folder: join(folder, 'git'), onPush: [hook] });
    const { url } = await server.createRepository('team/shop');
    tree = join(folder, 'tree');
    await git(folder, 'clone', '-q', url, tree);
    await git(tree, 'checkout', '-q', '-B', 'main');
    await writeFile(join(folder, 'trueup.yaml'), configText());
    await writeFile(join(folder, 'webhook-secret'), 's3cret\n');
    await mkdir(join(folder, 'fleet'));
    await writeFile(join(folder, 'fleet', 'shop.yaml'), applicationText(url));
    await push('1');
  });

  after(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('trueup doctor finds everything in order', async () => {
    const { code, stdout } = await trueup('doctor', '-o', 'json');
    const findings: { check: string; ok: boolean }[] = JSON.parse(stdout);
    deepEqual(
      findings.filter(({ ok }) => !ok),
      [],
    );
    equal(code, 0);
    for (const check of ['configuration', 'tools', 'store', 'fleet', 'cluster prod']) {
      ok(
        findings.some((finding) => finding.check === check),
        check,
      );
    }
  });

  test('trueup plan, sync and drift say by their exit code whether the cluster is equal to Git', async () => {
    equal((await trueup('plan', 'shop')).code, 1);
    const synced = await trueup('sync', 'shop', '-o', 'json');
    equal(synced.code, 0, synced.stderr);
    const { result, revision } = JSON.parse(synced.stdout);
    deepEqual([result, revision], ['succeeded', (await git(tree, 'rev-parse', 'HEAD')).trim()]);
    equal(await liveValue(), '1');
    equal((await trueup('plan', 'shop')).code, 0);
    equal((await trueup('drift', 'shop')).code, 0);
    await kubectl('patch', 'configmap', 'settings', '-p', '{"data":{"value":"by hand"}}');
    const drifted = await trueup('drift', '-o', 'json');
    equal(drifted.code, 1);
    equal(JSON.parse(drifted.stdout)[0].drifts[0].by[0].manager, 'kubectl-patch');
    equal(await liveValue(), 'by hand', 'drift only reports');
  });

  test('trueup prints JSON and nothing else with -o json', async () => {
    for (const args of [['apps'], ['history', 'shop'], ['events'], ['health', 'shop'], ['config', 'check']]) {
      const { code, stdout } = await trueup(...args, '-o', 'json');
      equal(code, 0);
      JSON.parse(stdout);
    }
  });

  test('trueup hold --all is said by every command that looks, until unhold --all', async () => {
    const held = await trueup('hold', '--all', '--reason', 'looking', '-o', 'json');
    deepEqual(JSON.parse(held.stdout), { held: ['shop'], until: null });
    for (const name of ['refresh', 'history', 'health']) {
      const { stderr } = await trueup(name, 'shop');
      match(stderr, /note: shop is on hold, by .* \(trueup hold\): looking\. End it with: trueup unhold/, name);
    }
    match((await trueup('apps')).stdout, /held by .*: looking/);
    const { stdout } = await trueup('refresh', 'shop', '-o', 'json');
    equal(JSON.parse(stdout).hold.reason, 'looking');
    deepEqual(JSON.parse((await trueup('unhold', '--all', '-o', 'json')).stdout), { released: ['shop'] });
    equal((await trueup('refresh', 'shop')).stderr, '');
  });

  for (const [it, args, code, says] of [
    [
      'an Application that there is not',
      ['sync', 'shpo'],
      2,
      /error: application\.not_found: .*\n {2}hint: Known: shop/,
    ],
    ['a revision that there is not', ['sync', 'shop', '--revision', 'mian'], 2, /error: git\.revision_not_found/],
    ['a configuration that is not there', ['apps', '-c', 'nowhere.yaml'], 2, /error: config\.missing/],
    ['neither a name nor --all', ['hold'], 2, /error: config\.bad_argument/],
    ['a command that there is not', ['plna', 'shop'], 2, /Did you mean plan/],
    ['an option that there is not', ['plan', 'shop', '--outptu', 'json'], 2, /Did you mean --output/],
  ] as const) {
    test(`trueup exits ${code} with a hint at ${it}`, async () => {
      const { code: found, stdout, stderr } = await trueup(...args);
      match(stderr, says);
      deepEqual([found, stdout], [code, '']);
    });
  }

  test('trueup serve refuses a port that is taken', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => other.close());
    await once(other, 'listening');
    const taken = (other.address() as AddressInfo).port;
    const { code, stderr } = await trueup('serve', '--address', '127.0.0.1', '--port', String(taken));
    equal(code, 2);
    match(stderr, /error: config\.port_taken: Port \d+ on 127\.0\.0\.1 is taken\n {2}hint: .*--port N/);
  });

  test('trueup serve heals what it finds at its start, follows a push, answers a replay, and stops when asked', async (t) => {
    const serving = spawn(process.execPath, [command, 'serve', '--port', String(port), '--address', '127.0.0.1'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said: string[] = [];
    serving.stderr.on('data', (chunk) => said.push(String(chunk)));
    t.after(() => serving.kill('SIGKILL'));
    await until(async () => (await liveValue()) === '1', said, serving);
    await push('2');
    await until(async () => (await liveValue()) === '2', said, serving);
    const sync = await trueup('sync', 'shop');
    equal(sync.code, 0, `sync beside serve: ${sync.stderr}`);
    await writeFile(join(folder, 'push.json'), '{"zen": "Keep it logically awesome."}');
    const replayed = (secret: string) =>
      trueup(
        'replay',
        'push.json',
        '--host',
        'git',
        '--event',
        'ping',
        '--url',
        `http://127.0.0.1:${port}/hooks/git`,
        '--secret',
        secret,
      );
    equal((await replayed('s3cret')).code, 0);
    const refused = await replayed('wrong');
    equal(refused.code, 1);
    match(refused.stdout, /push\.bad_signature/);
    serving.kill('SIGTERM');
    equal((await once(serving, 'exit'))[0], 0, said.join(''));
  });
});

async function until(holds: () => Promise<boolean>, said: readonly string[], serving: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    ok(serving.exitCode === null, said.join(''));
    await sleep(200);
  }
  ok(false, `it did not happen within 20 s:\n${said.join('')}`);
}

function configText(): string {
  return `
installation: ${namespace}
store: {kind: sqlite, path: ./trueup.db}
gitHosts: [{name: git, kind: git, url: ${JSON.stringify(server.url)}, webhookSecret: {file: ./webhook-secret}}]
clusters: [{name: prod, kubeconfig: ${JSON.stringify(cluster.kubeconfig)}}]
fleet: {path: ./fleet}
`;
}

function applicationText(repoURL: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: default
  source: {repoURL: ${JSON.stringify(repoURL)}, path: ., targetRevision: main}
  destination: {name: prod, namespace: ${namespace}}
  syncPolicy: {automated: {prune: true, selfHeal: true}}
`;
}
