import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { driftEvent } from '../../../lib/core/event/drift-event.ts';
import type { Applying } from '../../../lib/core/plan/plan.ts';
import { aDrift } from '../drift/a-drift.ts';

const shop = { application: { name: 'shop' }, cluster: 'prod', since: '7' };
const by = (manager: string, at = '2026-05-01T12:03:00Z'): Applying['drift'] => ({
  what: 'changed',
  by: [{ manager, at }],
});
const idOf = (drift: Applying, action: 'reported' | 'held' | 'fighting' = 'reported', entry = shop, now = 0) =>
  driftEvent(drift, action, entry, now).id;

test('drift-event says what differs, who did it and what is done about it', () => {
  const { id, ...event } = driftEvent(aDrift('a'), 'held', shop, 1_000);
  deepEqual(event, {
    at: '1970-01-01T00:00:01.000Z',
    application: 'shop',
    cluster: 'prod',
    who: 'kubectl-edit',
    why: 'changed by hand',
    type: 'drift.found',
    what: 'changed',
    object: aDrift('a').key,
    diff: aDrift('a').diff,
    action: 'held',
    by: aDrift('a').drift?.by,
  });
});

test('drift-event names the other writer of a fight', () => {
  const event = driftEvent(aDrift('a'), 'fighting', shop, 0);
  deepEqual([event.type, event.who], ['drift.fighting', 'kubectl-edit']);
});

test('drift-event: nobody known is somebody', () => {
  equal(driftEvent(aDrift('a', { drift: { what: 'deleted', by: [] } }), 'reported', shop, 0).who, 'somebody');
});

test('drift-event: the same drift seen later is the same event', () => {
  equal(idOf(aDrift('a'), 'reported', shop, 0), idOf(aDrift('a'), 'reported', shop, 3_600_000));
});

test('drift-event: undone and made again it is another event', () => {
  notEqual(idOf(aDrift('a')), idOf(aDrift('a'), 'reported', { ...shop, since: '9' }));
});

for (const { it, other } of [
  { it: 'of another object', other: idOf(aDrift('b')) },
  { it: 'with another value', other: idOf(aDrift('a', { diff: [{ path: 'data.k', from: 'v', to: 'worse' }] })) },
  { it: 'by another hand', other: idOf(aDrift('a', { drift: by('kubectl-patch') })) },
  {
    it: 'by the same hand again later',
    other: idOf(aDrift('a', { drift: by('kubectl-edit', '2026-05-01T12:04:00Z') })),
  },
  { it: 'that is held instead of reported', other: idOf(aDrift('a'), 'held') },
  { it: 'in another Application', other: idOf(aDrift('a'), 'reported', { ...shop, application: { name: 'web' } }) },
]) {
  test(`drift-event: drift ${it} is another event`, () => notEqual(other, idOf(aDrift('a'))));
}
