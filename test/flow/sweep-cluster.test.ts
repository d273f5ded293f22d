import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { sweepCluster } from '../../lib/flow/sweep-cluster.ts';
import { tick } from '../../lib/flow/tick.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

async function sweptHouse(): Promise<MemoryHouse & { listed(): number }> {
  const house = await memoryHouse();
  house.push({ 'ConfigMap a': '1' });
  await house.follow();
  await house.sweep();
  await house.sweep();
  let listed = 0;
  const { list } = house.ports.applications;
  house.ports.applications.list = () => {
    listed += 1;
    return list();
  };
  return Object.assign(house, { listed: () => listed });
}

test('sweep-cluster does not read the register while nothing happens and the kinds in use are known', async () => {
  const house = await sweptHouse();
  const sweep = await sweepCluster('prod', house.ports, { kinds: ['v1/ConfigMap'] });
  deepEqual([sweep, house.listed()], [{ kinds: 1, events: 0, suspects: 0, listed: 0 }, 0]);
});

test('sweep-cluster finds the kinds in use by itself when nobody says them', async () => {
  const house = await sweptHouse();
  const { kinds } = await sweepCluster('prod', house.ports);
  deepEqual([kinds, house.listed()], [1, 1]);
});

test('tick tells every sweep the kinds in use, so one minute reads the register once for the clock and once for the fleet', async () => {
  const house = await sweptHouse();
  await tick(house.ports);
  equal(house.listed(), 1);
  const messages = await house.ports.queue.receive({ max: 10, now: house.clock.now, forMs: 0 });
  const swept = messages.flatMap(({ message }) => (message.about === 'cluster' ? [message.kinds] : []));
  deepEqual(swept, [['v1/ConfigMap']]);
});
