import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { exampleApplication } from '../contracts/example-application.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

const left = 'ConfigMap shop/left';

/** Without pruning, an object has left Git and is still in the cluster. */
async function leftOver(): Promise<MemoryHouse> {
  const { syncPolicy } = exampleApplication();
  const automated = { prune: false, selfHeal: true, allowEmpty: false };
  const house = await memoryHouse({ syncPolicy: { ...syncPolicy, automated } });
  house.push({ 'ConfigMap kept': '1', 'ConfigMap left': '1' });
  await house.follow();
  await house.sweep();
  house.push({ 'ConfigMap kept': '1' });
  await house.follow();
  equal(house.cluster.values()[left], '1');
  return house;
}

test('left-over: what left Git and was not pruned is not made again when somebody deletes it', async () => {
  const house = await leftOver();
  house.cluster.drop(left);
  await house.sweep();
  house.pass(61_000);
  await house.sweep();
  deepEqual(house.cluster.values(), { 'ConfigMap shop/kept': '1' });
  equal((await house.story()).filter((line) => line.startsWith('drift')).length, 0);
});

test('left-over: what left Git and was not pruned is not set back when somebody edits it', async () => {
  const house = await leftOver();
  house.cluster.edit(left, 'mine');
  await house.sweep();
  equal(house.cluster.values()[left], 'mine');
});

test('left-over: what comes back to Git is healed again', async () => {
  const house = await leftOver();
  house.push({ 'ConfigMap kept': '1', 'ConfigMap left': '1' });
  await house.follow();
  house.cluster.edit(left, 'evil');
  await house.sweep();
  equal(house.cluster.values()[left], '1');
});
