import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

const one = { 'ConfigMap a': '1', 'Role b': '1' };
const two = { 'ConfigMap a': '2', 'Role b': '2' };
const role = 'rbac.authorization.k8s.io/Role shop/b';
const live = (value: string) => ({ 'ConfigMap shop/a': value, [role]: value });

test('sync-application: a push is applied in order and told once, and then there is nothing to do', async () => {
  const house = await memoryHouse();
  house.push(one);
  await house.follow();
  deepEqual(house.cluster.values(), live('1'));
  deepEqual(house.cluster.written, ['apply ConfigMap shop/a', `apply ${role}`]);
  deepEqual((await house.story()).toSorted(), [
    'health.changed',
    'object.created',
    'object.created',
    'sync.finished succeeded',
    'sync.started',
  ]);
  house.cluster.written.length = 0;
  await house.follow();
  await house.sweep();
  deepEqual(house.cluster.written, []);
});

test('sync-application: a push applies only what it changed and prunes what it dropped', async () => {
  const house = await memoryHouse();
  house.push({ ...one, 'ConfigMap c': '1' });
  await house.follow();
  house.cluster.written.length = 0;
  house.push({ 'ConfigMap a': '2', 'Role b': '1' });
  await house.follow();
  deepEqual(house.cluster.written, ['apply ConfigMap shop/a', 'remove ConfigMap shop/c']);
});

test('sync-application: what fails stops the sync after its stage, the rest of which is carried out', async () => {
  const house = await memoryHouse();
  house.push({ ...one, 'ConfigMap c': '1' });
  await house.follow();
  house.cluster.rejects.add('ConfigMap shop/a');
  house.push({ ...two, 'ConfigMap c': '2' });
  await house.follow();
  deepEqual(house.cluster.values(), { ...live('1'), 'ConfigMap shop/c': '2' });
  equal((await house.story()).filter((line) => line === 'sync.finished failed').length, 1);
});

test('sync-application: a commit that touches nothing of ours neither ends a sync nor starts one', async () => {
  const house = await memoryHouse();
  house.push(one);
  await house.follow();
  house.cluster.rejects.add(role);
  house.push(two);
  const { apply } = house.cluster;
  house.cluster.apply = async (object, options) => {
    // Somebody else's commit comes while ours is applied.
    if (!options.dryRun) house.push(two);
    await house.ports.repositories.forget(house.repoURL);
    return apply.call(house.cluster, object, options);
  };
  house.cluster.rejects.clear();
  await house.follow();
  deepEqual(house.cluster.values(), live('2'));
  const ends = (await house.story()).filter((line) => line.startsWith('sync.'));
  deepEqual(ends, ['sync.started', 'sync.finished succeeded', 'sync.started', 'sync.finished succeeded']);
});

for (const { it, goBack } of [
  { it: 'a revert', goBack: (house: MemoryHouse) => void house.push(one) },
  { it: 'the branch moved back', goBack: (house: MemoryHouse, first: string) => house.moveTo(first) },
]) {
  test(`sync-application: ${it} after a sync that stopped half-way takes back what that sync had done`, async () => {
    const house = await memoryHouse();
    const first = house.push(one);
    await house.follow();
    house.cluster.rejects.add(role);
    house.push(two);
    await house.follow();
    equal((await house.entry()).state.failed?.fault.code, 'apply.rejected');
    equal(house.cluster.values()['ConfigMap shop/a'], '2');
    house.cluster.rejects.clear();
    goBack(house, first);
    await house.follow();
    deepEqual(house.cluster.values(), live('1'));
    const { sync, failed } = (await house.entry()).state;
    deepEqual([sync, failed], ['Synced', null]);
  });
}

const leave = async (house: MemoryHouse, leaving: boolean) => {
  const { application, cluster } = await house.entry();
  await house.ports.applications.put(application, { cluster, leaving });
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'fleet' });
  await house.work();
};

test('sync-application: who leaves the fleet takes all objects along, in the opposite order', async () => {
  const house = await memoryHouse();
  house.push(one);
  await house.follow();
  house.cluster.written.length = 0;
  await leave(house, true);
  deepEqual(house.cluster.written, [`remove ${role}`, 'remove ConfigMap shop/a']);
  equal(await house.ports.applications.get('shop'), null);
});

test('sync-application: who comes back half removed gets everything back', async () => {
  const house = await memoryHouse();
  house.push(one);
  await house.follow();
  house.cluster.rejects.add('ConfigMap shop/a');
  await leave(house, true);
  deepEqual(house.cluster.values(), { 'ConfigMap shop/a': '1' });
  house.cluster.rejects.clear();
  await leave(house, false);
  house.pass(3_600_000);
  await house.work();
  deepEqual(house.cluster.values(), live('1'));
  equal((await house.entry()).state.sync, 'Synced');
});

test('sync-application: a cluster that is away for a moment while health is awaited fails nothing', async () => {
  const house = await memoryHouse();
  const { read } = house.cluster;
  house.push({ 'PersistentVolumeClaim a': '1' });
  house.cluster.read = async () => {
    throw new Fault('cluster.unreachable', { cluster: 'prod' });
  };
  await house.follow();
  const ended = async () => (await house.story()).filter((line) => line.startsWith('sync.finished'));
  equal((await house.entry()).state.operation?.phase, 'applying');
  deepEqual(await ended(), []);
  house.cluster.read = read;
  house.pass(6_000);
  await house.work();
  equal((await house.entry()).state.operation?.phase, 'settling');
  deepEqual(await ended(), []);
});

for (const { phase, ends } of [
  { phase: 'Bound', ends: 'sync.finished succeeded' },
  { phase: 'Unbound', ends: 'sync.finished failed' },
]) {
  test(`sync-application: past its time it is looked at once more, and a claim that is ${phase} by then: ${ends}`, async () => {
    const house = await memoryHouse();
    house.push({ 'PersistentVolumeClaim a': '1' });
    await house.follow();
    house.pass(3_600_000);
    house.cluster.report('PersistentVolumeClaim shop/a', { phase });
    await house.work();
    equal(
      (await house.story()).findLast((line) => line.startsWith('sync.')),
      ends,
    );
  });
}
