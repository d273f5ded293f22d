import { deepEqual, equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { git } from '../../infra/local/git-server/git.ts';
import { startGitServer } from '../../infra/local/git-server/git-server.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap } from '../support/example-manifests.ts';

const plane = sharedControlPlane();
const command = fileURLToPath(new URL('../../bin/trueup.mjs', import.meta.url));

type Ran = { code: number; stdout: string; stderr: string };

/** An installation with one Application that was synced; its folder, and `trueup` typed in it. */
async function installation(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-cli-'));
  const server = await startGitServer({ folder: join(folder, 'git') });
  t.after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const { url } = await server.createRepository('team/shop');
  const tree = join(folder, 'tree');
  await git(folder, 'clone', '-q', url, tree);
  await git(tree, 'checkout', '-q', '-B', 'main');
  await writeFile(join(tree, 'settings.yaml'), configMap());
  await git(tree, 'add', '-A');
  await git(tree, 'commit', '-q', '-m', 'Begin');
  await git(tree, 'push', '-q', 'origin', 'HEAD:main');
  const namespace = await plane.freshNamespace();
  await writeFile(
    join(folder, 'trueup.yaml'),
    `installation: ${namespace}
store: {kind: sqlite, path: ./trueup.db}
gitHosts: [{name: git, kind: git, url: "${server.url}"}]
clusters: [{name: prod, kubeconfig: "${plane.kubeconfig}"}]
fleet: {path: ./fleet}
`,
  );
  await mkdir(join(folder, 'fleet'));
  await writeFile(
    join(folder, 'fleet', 'shop.yaml'),
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: default
  source: {repoURL: "${url}", path: ., targetRevision: main}
  destination: {name: prod, namespace: ${namespace}}
  syncPolicy: {automated: {prune: true, selfHeal: true}}
`,
  );
  const trueup = (...args: string[]) =>
    new Promise<Ran>((resolve) => {
      execFile(process.execPath, [command, ...args], { cwd: folder, timeout: 60_000 }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  equal((await trueup('sync', 'shop')).code, 0);
  const lose = async (...parts: string[]) => {
    for (const part of parts) await rm(join(folder, `trueup.db${part}`), { recursive: true, force: true });
  };
  return { folder, trueup, lose };
}

const table = ['', '-wal', '-shm'];

test('trueup recover shows what was found and held, and --confirm lets it go on', async (t) => {
  const { trueup, lose } = await installation(t);
  const before = await trueup('recover');
  deepEqual([before.code, before.stdout], [0, 'Nothing waits to be recovered.\n']);
  await lose(...table);
  match((await trueup('apps')).stdout, /held by trueup: its state was lost/);
  const { code, stdout } = await trueup('recover');
  equal(code, 0);
  match(stdout, /shop +prod +1 +equal +until confirmed\nNothing was written/);
  const [row] = JSON.parse((await trueup('recover', '--confirm', 'shop', '-o', 'json')).stdout);
  deepEqual([row.application, row.objects, row.confirmed, row.hold], ['shop', 1, true, null]);
  equal((await trueup('plan', 'shop')).code, 0);
});

test('trueup recover finds what was deployed also where nothing but Git and the cluster is left', async (t) => {
  const { trueup, lose } = await installation(t);
  await lose(...table, '.blobs', '.key');
  const { code, stdout } = await trueup('recover');
  equal(code, 0, stdout);
  match(stdout, /shop +prod +1 +equal +until confirmed/);
});

test('trueup export and import carry the state to another store', async (t) => {
  const { folder, trueup, lose } = await installation(t);
  const exported = await trueup('export', 'state.jsonl', '--events', '-o', 'json');
  deepEqual([exported.code, JSON.parse(exported.stdout)], [0, { file: 'state.jsonl' }]);
  const file = join(folder, 'state.jsonl');
  equal((await stat(file)).mode & 0o777, 0o600);
  const text = await readFile(file, 'utf8');
  equal((await trueup('export')).stdout.split('\n').length, 4, 'a heading, one Application, the end');

  const refused = await trueup('import', 'state', 'state.jsonl');
  equal(refused.code, 2);
  match(refused.stderr, /^error: state.not_empty: .*shop\n {2}hint: .*--merge/);
  await writeFile(join(folder, 'cut.jsonl'), text.slice(0, text.length / 2));
  match((await trueup('import', 'cut.jsonl')).stderr, /^error: state.invalid: cut.jsonl:\d+: /);
  match(
    (await trueup('import', 'state', 'none.jsonl')).stderr,
    /^error: config.bad_argument: FILE cannot be none.jsonl/,
  );

  await lose(...table, '.blobs', '.key');
  const imported = await trueup('import', 'state', 'state.jsonl');
  equal(imported.code, 0, imported.stderr);
  match(imported.stdout, /^Imported: shop; \d+ events\.\nIt belongs to another installation key/);
  match((await trueup('apps')).stdout, /shop +Synced +Healthy/);
  match((await trueup('history', 'shop')).stdout, /succeeded/);
});
