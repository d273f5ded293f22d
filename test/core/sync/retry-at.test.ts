import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { retryAt } from '../../../lib/core/sync/retry-at.ts';

const retry = { limit: 3, delayMs: 5_000, factor: 2, maxDelayMs: 30_000 };
const now = 1_000_000;

for (const { it, attempts, curable = false, limit = 3, gives } of [
  { it: 'waits the first delay after the first failure', attempts: 1, gives: now + 5_000 },
  { it: 'doubles it', attempts: 2, gives: now + 10_000 },
  { it: 'tries as often as the limit says', attempts: 3, gives: now + 20_000 },
  { it: 'then stops', attempts: 4, gives: null },
  { it: 'never waits longer than the longest delay', attempts: 9, curable: true, gives: now + 30_000 },
  { it: 'never stops at what waiting cures', attempts: 100_000, curable: true, gives: now + 30_000 },
  { it: 'does not try again with a limit of 0', attempts: 1, limit: 0, gives: null },
  { it: 'never stops with a limit below 0, as in Argo CD', attempts: 1_000, limit: -1, gives: now + 30_000 },
]) {
  test(`retry-at ${it}`, () => equal(retryAt({ ...retry, limit }, { attempts, curable, now }), gives));
}

test('retry-at rounds to whole milliseconds', () => {
  equal(retryAt({ ...retry, delayMs: 5, factor: 1.5 }, { attempts: 2, curable: true, now: 0 }), 8);
});

test('retry-at never comes earlier after more failures', () => {
  const failures = fc.integer({ min: 1, max: 200 });
  fc.assert(
    fc.property(failures, failures, fc.double({ min: 1, max: 10, noNaN: true }), (a, b, factor) => {
      const at = (attempts: number) => retryAt({ ...retry, factor }, { attempts, curable: true, now }) ?? 0;
      ok(at(Math.min(a, b)) <= at(Math.max(a, b)));
      ok(at(a) > now);
    }),
  );
});
