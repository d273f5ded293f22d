/** Story: the state is lost, and everything is back from Git and the cluster without a pod being touched. */
import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStateFile, writeStateFile } from '../../cli/state-file.ts';
import { exportState } from '../../lib/flow/export-state.ts';
import { holdApplication } from '../../lib/flow/hold-application.ts';
import { importState } from '../../lib/flow/import-state.ts';
import { recoverInstallation } from '../../lib/flow/recover-installation.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment, secret, service } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();
const names = ['api', 'shop', 'web'];
const ours = 'deployment,configmap,secret,service';
const ann = { who: 'Ann' };

/** `api` is on hold, `web` was edited by hand, and `shop` loses an object in Git while nobody knows anything. */
async function threeApplications(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t, plane, { application: { path: 'shop' } });
  await house.push({
    'shop/web.yaml': deployment({ name: 'shop' }),
    'shop/settings.yaml': configMap('shop'),
    'shop/login.yaml': secret(),
    'shop/old.yaml': configMap('old'),
    'api/web.yaml': deployment({ name: 'api' }),
    'api/service.yaml': service,
    'web/web.yaml': deployment({ name: 'web' }),
    'web/settings.yaml': configMap('web'),
  });
  await house.writeApplication('api', { path: 'api' });
  await house.writeApplication('web', { path: 'web' });
  await house.work();
  await house.sweep();
  const until = Date.now() + 3_600_000;
  await holdApplication('api', { who: 'Bea', reason: 'audit', until }, house.ports);
  await house.work();
  const hold = (await house.entry('api')).hold;
  await house.kubectl('patch', 'configmap', 'web', '-p', '{"data":{"k":"evil"}}');
  const before = await look(house);
  await house.git('rm', '-q', 'shop/old.yaml');
  await house.push({ 'api/more.yaml': configMap('more'), 'shop/settings.yaml': configMap('shop', 'new') });
  return { house, before, hold };
}

/** uid and resourceVersion of all we deployed, and the uids of the pods. */
async function look(house: TestHouse): Promise<string[]> {
  const versions =
    'jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {.metadata.resourceVersion}{"\\n"}{end}';
  const pods = 'jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.uid}{"\\n"}{end}';
  const objects = await house.kubectl('get', ours, '-l', 'trueup.dev/application', '-o', versions);
  return [...objects.split('\n'), ...(await house.kubectl('get', 'pods', '-o', pods)).split('\n')];
}

const podsOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith('Pod '));

for (const { it, blobs } of [
  { it: 'the table is gone', blobs: false },
  { it: 'nothing is left but Git and the cluster', blobs: true },
]) {
  test(`come-back: ${it}; nothing is touched until it is confirmed, and then only what differs`, async (t) => {
    const { house, before, hold } = await threeApplications(t);
    equal(podsOf(before).length, 6, before.join('\n'));
    await house.lose({ blobs });
    await syncFleet(house.ports);
    await house.work();
    await house.sweep();

    deepEqual(await look(house), before, 'nothing was written to the cluster');
    for (const name of names) {
      const entry = await house.entry(name);
      deepEqual(
        [name, entry.hold?.who, entry.state.sync, entry.state.health.status],
        [name, 'trueup', 'OutOfSync', 'Healthy'],
      );
    }
    const drifts = (await house.events()).flatMap((event) => (event.type === 'drift.found' ? [event] : []));
    deepEqual(
      drifts.map(({ application, action, object, by }) => [application, action, object.name, by[0]?.manager]),
      [['web', 'held', 'web', 'kubectl-patch']],
    );

    const rows = await recoverInstallation(names, { confirm: null }, house.ports);
    deepEqual(
      rows.map(({ application, objects, differs }) => ({ application, objects, ...differs })),
      [
        { application: 'api', objects: 2, create: 1, update: 0, delete: 0, leave: 0 },
        { application: 'shop', objects: 4, create: 0, update: 1, delete: 1, leave: 0 },
        { application: 'web', objects: 2, create: 0, update: 1, delete: 0, leave: 0 },
      ],
    );
    deepEqual(await look(house), before, 'nor by looking');

    const confirmed = await recoverInstallation(names, { confirm: ann }, house.ports);
    deepEqual(
      confirmed.map((row) => row.confirmed),
      [true, true, true],
    );
    await house.work();
    equal((await house.entry('shop')).state.condition?.code, 'sync.prune_guard', 'the first prune is asked about');
    await requestSync('shop', { ...ann, prune: true, confirmed: true }, house.ports);
    await house.work();

    const held = (await house.entry('api')).hold;
    if (blobs) {
      // The hold was nowhere but in what is lost, and the confirmation let Git win.
      equal(held, null);
      equal(await house.kubectl('get', 'configmap', 'more', '-o', 'jsonpath={.data.k}'), 'v');
    } else {
      deepEqual(held, hold, 'what Bea wanted goes on');
      equal((await house.entry('api')).state.sync, 'OutOfSync');
      equal(await house.isGone('configmap', 'more'), true);
    }
    equal(await house.kubectl('get', 'configmap', 'web', '-o', 'jsonpath={.data.k}'), 'v');
    equal(await house.kubectl('get', 'configmap', 'shop', '-o', 'jsonpath={.data.k}'), 'new');
    equal(await house.isGone('configmap', 'old'), true);
    for (const name of ['shop', 'web']) equal((await house.entry(name)).state.sync, 'Synced', name);

    const after = await look(house);
    deepEqual(podsOf(after), podsOf(before), 'no pod was restarted');
    const untouched = (lines: readonly string[]) =>
      lines.filter((line) => !/^ConfigMap (web|shop|old|more) /.test(line));
    deepEqual(untouched(after), untouched(before), 'only what differed was written');
  });
}

test('come-back: what is nowhere in the cluster is held too when it was deployed before', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'settings.yaml': configMap() });
  await house.follow();
  await house.kubectl('delete', 'configmap', 'settings');
  await house.lose({ blobs: false });
  await syncFleet(house.ports);
  await house.work();
  equal(await house.isGone('configmap', 'settings'), true);
  const [row] = await recoverInstallation(['shop'], { confirm: ann }, house.ports);
  deepEqual([row?.objects, row?.differs?.create, row?.confirmed], [0, 1, true]);
  await house.work();
  equal(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}'), 'v');
});

test('come-back: with an export nothing has to be confirmed, and the record goes on', async (t) => {
  const { house, before, hold } = await threeApplications(t);
  const folder = await mkdtemp(join(tmpdir(), 'trueup-export-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'state.jsonl');
  await writeStateFile(file, exportState({ events: true }, house.ports));
  equal((await stat(file)).mode & 0o777, 0o600);
  const told = (await house.events()).length;
  notEqual(told, 0);
  await house.lose({ blobs: true });
  const { imported, otherKey } = await importState(openStateFile(file), { merge: false }, house.ports);
  deepEqual([imported, otherKey, (await house.events()).length], [names, true, told]);
  await house.work();
  deepEqual((await house.entry('api')).hold, hold);
  // Back where it was: the hand edit is undone, Git is followed, and what it dropped is pruned without a question.
  equal(await house.kubectl('get', 'configmap', 'web', '-o', 'jsonpath={.data.k}'), 'v');
  equal(await house.kubectl('get', 'configmap', 'shop', '-o', 'jsonpath={.data.k}'), 'new');
  equal(await house.isGone('configmap', 'old'), true);
  deepEqual(podsOf(await look(house)), podsOf(before));
  const types = (await house.events()).map(({ type }) => type);
  deepEqual([types.includes('drift.found'), types.includes('object.pruned')], [true, true]);
});
