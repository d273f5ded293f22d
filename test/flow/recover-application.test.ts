import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { confirmApplication, holdApplication, unholdApplication } from '../../lib/flow/hold-application.ts';
import { recoverInstallation } from '../../lib/flow/recover-installation.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { gitDown, type MemoryHouse, memoryHouse } from './memory-house.ts';

const tree = { 'ConfigMap a': '1', 'ConfigMap b': '1', 'Role c': '1' };

/** The register forgets the Application, and is told of it again. */
async function loseState(house: MemoryHouse, { mirror = true } = {}): Promise<void> {
  const { application } = await house.entry();
  await house.ports.applications.remove('shop');
  await house.ports.repositories.forget(house.repoURL);
  if (!mirror) await house.ports.blobs.remove('recovery/deployed/shop');
  await house.ports.applications.put(application, { cluster: 'prod', leaving: false });
  await house.ports.wakes.wake('shop', house.clock.now);
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'fleet' });
  house.cluster.written.length = 0;
}

async function deployed(): Promise<MemoryHouse> {
  const house = await memoryHouse();
  house.push(tree);
  await house.follow();
  return house;
}

const recover = (house: MemoryHouse, confirm: { who: string } | null = null) =>
  recoverInstallation(['shop'], { confirm }, house.ports);

for (const mirror of [true, false]) {
  const with_ = mirror ? 'with its mirror' : 'with nothing but Git and the cluster';
  test(`recover-application ${with_}: writes nothing, knows everything, and has nothing to do once confirmed`, async () => {
    const house = await deployed();
    await loseState(house, { mirror });
    await house.work();
    deepEqual(house.cluster.written, []);
    const { hold, state } = await house.entry();
    deepEqual(
      [hold?.who, state.sync, state.health.status, state.kinds],
      ['trueup', 'Synced', 'Healthy', ['rbac.authorization.k8s.io/v1/Role', 'v1/ConfigMap']],
    );
    match(hold?.reason ?? '', /trueup recover --confirm shop/);
    const [row] = await recover(house);
    deepEqual([row?.objects, row?.differs], [3, { create: 0, update: 0, delete: 0, leave: 0 }]);
    equal(await confirmApplication('shop', { who: 'Ann' }, house.ports), true);
    await house.work();
    await house.sweep();
    deepEqual([house.cluster.written, (await house.entry()).hold], [[], null]);
  });
}

test('recover-application applies only what differs, and prunes only when that is confirmed as well', async () => {
  const house = await deployed();
  house.push({ 'ConfigMap a': '2', 'ConfigMap b': '1', 'ConfigMap d': '1' });
  await loseState(house);
  const [row] = await recover(house, { who: 'Ann' });
  deepEqual([row?.differs, row?.confirmed], [{ create: 1, update: 1, delete: 1, leave: 0 }, true]);
  deepEqual(house.cluster.written, []);
  await house.work();
  deepEqual(house.cluster.written, []);
  equal((await house.entry()).state.condition?.code, 'sync.prune_guard');
  await requestSync('shop', { who: 'Ann', prune: true, confirmed: true }, house.ports);
  await house.work();
  deepEqual(house.cluster.written.toSorted(), [
    'apply ConfigMap shop/a',
    'apply ConfigMap shop/d',
    'remove rbac.authorization.k8s.io/Role shop/c',
  ]);
  equal((await house.entry()).state.sync, 'Synced');
});

test('recover-application asks about the first prune, also when Git dropped the object after the confirmation', async () => {
  const house = await deployed();
  await loseState(house);
  await recover(house, { who: 'Ann' });
  const { 'ConfigMap b': _, ...less } = tree;
  house.push(less);
  await house.follow();
  deepEqual([house.cluster.written, (await house.entry()).state.condition?.code], [[], 'sync.prune_guard']);
  await requestSync('shop', { who: 'Ann', prune: true, confirmed: true }, house.ports);
  await house.work();
  house.push({ 'ConfigMap a': '1' });
  await house.follow();
  deepEqual(house.cluster.written, ['remove ConfigMap shop/b', 'remove rbac.authorization.k8s.io/Role shop/c']);
});

test('recover-application names a hand edit as drift, leaves it while held, and undoes only it afterwards', async () => {
  const house = await deployed();
  house.cluster.edit('ConfigMap shop/a', 'evil');
  await loseState(house);
  await house.work();
  await house.sweep();
  deepEqual(
    (await house.story()).filter((line) => line.startsWith('drift')),
    ['drift.found held'],
  );
  deepEqual([house.cluster.written, (await house.entry()).state.sync], [[], 'OutOfSync']);
  await recover(house, { who: 'Ann' });
  await house.work();
  deepEqual(house.cluster.written, ['apply ConfigMap shop/a']);
  equal(house.cluster.values()['ConfigMap shop/a'], '1');
});

test('recover-application gives a hold that was lost back with its reason and end, once confirmed', async () => {
  const house = await deployed();
  const until = house.clock.now + 3_600_000;
  await holdApplication('shop', { who: 'Bea', reason: 'audit', until }, house.ports);
  const since = house.clock.now;
  house.push({ ...tree, 'ConfigMap a': '2' });
  await loseState(house);
  await house.work();
  match((await house.entry()).hold?.reason ?? '', /was held by Bea: audit until 2026-05-01T13:00/);
  await recover(house, { who: 'Ann' });
  await house.work();
  deepEqual((await house.entry()).hold, { who: 'Bea', reason: 'audit', since, until });
  deepEqual(house.cluster.written, []);
  house.pass(3_600_000);
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'overdue' });
  await house.work();
  deepEqual(house.cluster.written, ['apply ConfigMap shop/a']);
});

test('recover-application: a hold set meanwhile does not stand for a confirmation when it ends', async () => {
  const house = await deployed();
  await loseState(house);
  await house.work();
  await holdApplication('shop', { who: 'Bea', reason: 'me too', until: house.clock.now + 1_000 }, house.ports);
  house.pass(2_000);
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'overdue' });
  await house.work();
  equal((await house.entry()).hold?.who, 'trueup');
  await confirmApplication('shop', { who: 'Ann' }, house.ports);
  equal((await house.entry()).hold, null, 'its time is up by now');
  equal(await confirmApplication('shop', { who: 'Ann' }, house.ports), false);
});

test('recover-application reads the cluster while Git is down, and compares once Git is back', async () => {
  const house = await deployed();
  await loseState(house);
  house.git.fault = gitDown;
  await house.ports.repositories.forget(house.repoURL);
  await house.work();
  const { state } = await house.entry();
  deepEqual([state.sync, state.health.status, state.condition?.code], ['Unknown', 'Healthy', 'git.unreachable']);
  const [row] = await recover(house, { who: 'Ann' });
  deepEqual([row?.objects, row?.differs, row?.fault?.code, row?.confirmed], [3, null, 'git.unreachable', false]);
  house.git.fault = null;
  const [later] = await recover(house, { who: 'Ann' });
  deepEqual([later?.differs?.update, later?.confirmed, house.cluster.written], [0, true, []]);
});

test('recover-application keeps what the cluster has when Git holds what cannot be rendered', async () => {
  const house = await deployed();
  house.push({ 'Widget x': '1' });
  await loseState(house);
  await house.work();
  const { state } = await house.entry();
  deepEqual([state.sync, state.condition?.code, state.health.status], ['Unknown', 'cluster.unknown_kind', 'Healthy']);
  deepEqual(house.cluster.written, []);
});

test('recover-application: whoever ends the hold by hand before anything was read meets it again', async () => {
  const house = await deployed();
  await loseState(house);
  await unholdApplication('shop', { who: 'Bea' }, house.ports);
  house.push({ ...tree, 'ConfigMap a': '2' });
  await house.work();
  deepEqual([house.cluster.written, (await house.entry()).hold?.who], [[], 'trueup']);
});

test('recover-application: an Application that left the fleet and came back was not lost', async () => {
  const house = await deployed();
  const { application } = await house.entry();
  await syncFleet(house.ports);
  equal(await house.ports.applications.get('shop'), null);
  equal(await house.ports.blobs.get('recovery/deployed/shop'), null);
  await house.ports.applications.put(application, { cluster: 'prod', leaving: false });
  await house.follow();
  deepEqual([(await house.entry()).hold, (await house.entry()).state.sync], [null, 'Synced']);
});

test('recover-application: one that was never deployed is deployed, and nothing is to be recovered', async () => {
  const house = await memoryHouse();
  house.push(tree);
  deepEqual(await recover(house, { who: 'Ann' }), []);
  await house.follow();
  equal((await house.entry()).state.sync, 'Synced');
  await rejects(recoverInstallation(['shpo'], { confirm: null }, house.ports), { code: 'application.not_found' });
});

test('recover-application: a deployment without automation is read when somebody recovers it', async () => {
  const manual = { ...exampleApplication().syncPolicy, automated: null };
  const house = await memoryHouse({ syncPolicy: manual });
  house.push(tree);
  await requestSync('shop', { who: 'Ann' }, house.ports);
  await house.work();
  await loseState(house, { mirror: false });
  const [row] = await recover(house);
  deepEqual([row?.objects, row?.hold?.who, house.cluster.written], [3, 'trueup', []]);
});
