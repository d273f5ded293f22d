import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { autoRollback, autoRollbackAnnotation, rollbackAfter } from '../../../lib/core/history/auto-rollback.ts';
import { anOperation } from '../sync/an-operation.ts';

const now = 1_000;
const policy = (written?: string) => ({
  annotations: written === undefined ? {} : { [autoRollbackAnnotation]: written },
});

for (const [written, gives] of [
  [undefined, null],
  ['false', null],
  ['true', 0],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
] as const) {
  test(`auto-rollback: ${written ?? 'nothing'} is a patience of ${gives}`, () =>
    equal(autoRollback(policy(written)), gives));
}

for (const { it, written, reason = 'push', code = 'sync.degraded', due } of [
  { it: 'a push that ends Degraded goes back at once', written: 'true', due: now },
  { it: 'it is given the time the policy gives', written: '5m', due: now + 300_000 },
  { it: 'a push that ran into its time limit has had its time', written: '5m', code: 'sync.timed_out', due: now },
  {
    it: 'a push that stopped at a wave goes back as well',
    written: '5m',
    code: 'sync.wave_degraded',
    due: now + 300_000,
  },
  { it: 'and one that waited too long there', written: '5m', code: 'sync.wave_timed_out', due: now },
  { it: 'a retry goes back like a push', written: 'true', reason: 'retry', due: now },
  { it: 'what a person asked for stays', written: 'true', reason: 'request', due: null },
  { it: 'a rollback stays, or it would never end', written: 'true', reason: 'rollback', due: null },
  { it: 'a heal has nothing to go back from', written: 'true', reason: 'heal', due: null },
  {
    it: 'what the cluster refused has changed nothing that matters',
    written: 'true',
    code: 'apply.invalid',
    due: null,
  },
  { it: 'what was overtaken is followed by the newer one', written: 'true', code: 'sync.overtaken', due: null },
  { it: 'without the policy it stays', written: undefined, due: null },
] as const) {
  test(`auto-rollback: ${it}`, () => {
    const fault = { code, message: 'shop is Degraded', hint: '', facts: {} };
    const pending = rollbackAfter(policy(written), anOperation({ reason }), fault, now);
    deepEqual(pending?.due ?? null, due);
  });
}
