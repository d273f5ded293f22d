import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { sweepCluster } from '../../lib/flow/sweep-cluster.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

async function sweptHouse(): Promise<MemoryHouse> {
  const house = await memoryHouse();
  house.push({ 'ConfigMap a': '1', 'Secret s': '1' });
  await house.follow();
  await house.sweep();
  await house.sweep();
  return house;
}

/** Which kinds a position is written for while `work` runs. */
async function positionsWritten({ ports }: MemoryHouse, work: () => Promise<unknown>): Promise<string[]> {
  const written: string[] = [];
  const { put } = ports.positions;
  ports.positions.put = async (cluster, kind, position) => {
    written.push(kind);
    await put(cluster, kind, position);
  };
  await work();
  ports.positions.put = put;
  return written;
}

test('sweep-cluster writes down only positions that moved', async () => {
  const house = await sweptHouse();
  const sweep = () => sweepCluster('prod', house.ports);
  deepEqual(await positionsWritten(house, sweep), []);
  house.cluster.edit('ConfigMap shop/a', '2');
  deepEqual(await positionsWritten(house, sweep), ['v1/ConfigMap']);
});

test('sweep-cluster: a slow sweep that saw nothing does not set back the position of a quick one that did', async () => {
  const house = await sweptHouse();
  const { ports, cluster } = house;
  const { changes } = cluster;
  const ends = Promise.withResolvers<void>();
  cluster.changes = async function* (...given) {
    yield* changes(...given);
    await ends.promise;
  };
  const slow = sweepCluster('prod', ports);
  for (let turns = 0; turns < 10; turns += 1) await new Promise(setImmediate);
  cluster.changes = changes;
  cluster.edit('ConfigMap shop/a', '2');
  equal((await sweepCluster('prod', ports)).suspects, 1);
  const after = await ports.positions.of('prod');
  ends.resolve();
  equal((await slow).events, 0);
  deepEqual(await ports.positions.of('prod'), after);
  equal((await sweepCluster('prod', ports)).events, 0);
});

test('sweep-cluster: two sweeps at once that see the same edit heal it once', async () => {
  const house = await sweptHouse();
  house.cluster.edit('ConfigMap shop/a', '2');
  await Promise.all([sweepCluster('prod', house.ports), sweepCluster('prod', house.ports)]);
  await house.work();
  deepEqual(house.cluster.values()['ConfigMap shop/a'], '1');
  equal((await house.story()).filter((line) => line === 'drift.found reverted').length, 1);
});
