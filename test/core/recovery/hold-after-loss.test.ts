import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { awaitsConfirmation, holdAfterLoss, holdOnceConfirmed } from '../../../lib/core/recovery/hold-after-loss.ts';
import { held, now } from '../sync/a-situation.ts';

test('hold-after-loss has no end, and says what ends it', () => {
  const hold = holdAfterLoss('shop', null, now);
  deepEqual([hold.who, hold.since, hold.until, awaitsConfirmation(hold)], ['trueup', now, null, true]);
  match(hold.reason, /^its state was lost; .* trueup recover --confirm shop$/);
});

test('hold-after-loss names the hold that was lost, with its end', () => {
  const { reason } = holdAfterLoss('shop', { ...held, until: 60_000 }, now);
  match(reason, /\(was held by Bea: looking until 1970-01-01T00:01:00.000Z\)$/);
});

for (const { it, before, gives } of [
  { it: 'nothing where nothing was', before: null, gives: null },
  { it: 'an open hold as it was', before: held, gives: held },
  { it: 'a hold that has not ended', before: { ...held, until: now + 1 }, gives: { ...held, until: now + 1 } },
  { it: 'nothing of a hold whose time is up', before: { ...held, until: now }, gives: null },
])
  test(`hold-after-loss leaves, once confirmed, ${it}`, () =>
    deepEqual(holdOnceConfirmed(holdAfterLoss('shop', before, 1), now), gives));

test('hold-after-loss: the hold of a person, or none, awaits no confirmation', () => {
  equal(awaitsConfirmation(held), false);
  equal(awaitsConfirmation(null), false);
});
