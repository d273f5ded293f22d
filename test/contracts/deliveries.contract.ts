/** What every store promises about webhook deliveries that were queued. */
import { equal } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Ports } from '../../lib/ports/ports.ts';

const dayMs = 24 * 60 * 60 * 1000;

export function deliveriesContract(
  adapter: string,
  open: (t: TestContext) => Promise<Pick<Ports, 'deliveries'>>,
): void {
  test(`${adapter} deliveries: one is known once it was remembered, at that Git host only`, async (t) => {
    const { deliveries } = await open(t);
    equal(await deliveries.known('github', 'd1'), false);
    await deliveries.remember('github', 'd1', 0);
    await deliveries.remember('github', 'd1', 1);
    equal(await deliveries.known('github', 'd1'), true);
    equal(await deliveries.known('github', 'd2'), false);
    equal(await deliveries.known('gitlab', 'd1'), false);
  });

  test(`${adapter} deliveries: one is remembered for a week at least`, async (t) => {
    const { deliveries } = await open(t);
    await deliveries.remember('github', 'd1', 0);
    await deliveries.remember('github', 'd2', 7 * dayMs);
    equal(await deliveries.known('github', 'd1'), true);
  });
}
