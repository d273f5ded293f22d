import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Ports } from '../../lib/ports/ports.ts';
import { memoryHouse } from './memory-house.ts';
import { before, between, followBy, stopAtEach } from './stopped-worker.ts';

test('two-workers: whichever write the first was stopped at, nothing of it arrives after the second took over', () =>
  stopAtEach(async () => {
    const house = await memoryHouse();
    return {
      house,
      values: async () =>
        Object.fromEntries(Object.entries(house.cluster.values()).map(([name, k]) => [name.replace('shop/', ''), k])),
    };
  }));

test('two-workers: what waited in line past the end of the lease is not sent', async () => {
  const house = await memoryHouse();
  house.push(before);
  await house.follow();
  house.push(between);
  const cluster = house.ports.cluster('prod');
  const late: ReturnType<Ports['cluster']> = {
    ...cluster,
    async apply(object, options) {
      if (!options.dryRun) house.pass(301_000);
      return cluster.apply(object, options);
    },
  };
  house.cluster.written.length = 0;
  await followBy(house, { ...house.ports, cluster: () => late }).catch(() => undefined);
  deepEqual(house.cluster.written, []);
});
