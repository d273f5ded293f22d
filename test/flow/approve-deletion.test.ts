/** A claim leaves Git: nothing goes before somebody says so on the Application document. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { approvalAnnotation } from '../../lib/core/plan/approval.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

const tree = { 'ConfigMap a': '1', 'ConfigMap b': '1', 'PersistentVolumeClaim a': '1' };
const { 'PersistentVolumeClaim a': _, ...without } = tree;

async function approve(house: MemoryHouse, ms: number): Promise<void> {
  const { application, cluster } = await house.entry();
  const annotations = { [approvalAnnotation]: new Date(ms).toISOString() };
  await house.ports.applications.put({ ...application, annotations }, { cluster, leaving: false });
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'fleet' });
  await house.work();
}

async function guarded(): Promise<MemoryHouse> {
  const house = await memoryHouse();
  house.push(tree);
  await house.follow();
  house.cluster.report('PersistentVolumeClaim shop/a', { phase: 'Bound' });
  house.pass(5_000);
  await house.work();
  house.push(without);
  await house.follow();
  equal((await house.entry()).state.condition?.code, 'sync.prune_guard');
  return house;
}

const claims = ({ cluster }: MemoryHouse) =>
  Object.keys(cluster.values()).filter((name) => name.startsWith('Persistent'));

test('approve-deletion: what was approved after it was refused goes at once', async () => {
  const house = await guarded();
  house.pass(60_000);
  await approve(house, house.clock.now);
  deepEqual([claims(house), (await house.entry()).state.sync], [[], 'Synced']);
});

test('approve-deletion: an approval of before does not count', async () => {
  const house = await guarded();
  await approve(house, house.clock.now - 1);
  deepEqual([claims(house).length, (await house.entry()).state.condition?.code], [1, 'sync.prune_guard']);
});

test('approve-deletion: one approval is good for one revision', async () => {
  const house = await guarded();
  await approve(house, house.clock.now);
  deepEqual(claims(house), []);
  house.pass(60_000);
  house.push(tree);
  await house.follow();
  house.cluster.report('PersistentVolumeClaim shop/a', { phase: 'Bound' });
  house.pass(5_000);
  await house.work();
  house.push({ ...without, 'ConfigMap a': '2' });
  await house.follow();
  deepEqual([claims(house).length, (await house.entry()).state.condition?.code], [1, 'sync.prune_guard']);
});
