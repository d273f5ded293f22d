/** What every store promises about where watches go on. */
import { deepEqual } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Ports } from '../../lib/ports/ports.ts';

export function positionsContract(adapter: string, open: (t: TestContext) => Promise<Pick<Ports, 'positions'>>): void {
  test(`${adapter} positions: a cluster nobody swept has none`, async (t) => {
    const { positions } = await open(t);
    deepEqual(await positions.of('prod'), {});
  });

  test(`${adapter} positions: each kind of each cluster has its own, the newest`, async (t) => {
    const { positions } = await open(t);
    await positions.put('prod', 'apps/v1/Deployment', { resourceVersion: '10', listedAt: 1 });
    await positions.put('prod', 'v1/ConfigMap', { resourceVersion: '11', listedAt: 2 });
    await positions.put('stage', 'v1/ConfigMap', { resourceVersion: '99', listedAt: 3 });
    await positions.put('prod', 'v1/ConfigMap', { resourceVersion: '12', listedAt: 4 });
    deepEqual(await positions.of('prod'), {
      'apps/v1/Deployment': { resourceVersion: '10', listedAt: 1 },
      'v1/ConfigMap': { resourceVersion: '12', listedAt: 4 },
    });
  });

  test(`${adapter} positions: one that is worth nothing any more is forgotten`, async (t) => {
    const { positions } = await open(t);
    await positions.put('prod', 'v1/ConfigMap', { resourceVersion: '11', listedAt: 2 });
    await positions.put('prod', 'v1/ConfigMap', null);
    await positions.put('prod', 'v1/Secret', null);
    deepEqual(await positions.of('prod'), {});
  });
}
