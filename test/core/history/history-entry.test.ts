import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Event, EventBody } from '../../../lib/core/event/event.ts';
import { historyOf } from '../../../lib/core/history/history-entry.ts';

const revision = 'a'.repeat(40);
const counts = { created: 1, updated: 0, pruned: 0, kept: 0 };
const object = { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'a' };
const finished = {
  type: 'sync.finished',
  revision,
  result: 'succeeded',
  counts,
  durationMs: 900,
  message: '',
  url: '',
} as const;
const mark = { id: 3, source: 'parameters-1', health: 'Healthy' } as const;
const drift = {
  type: 'drift.found',
  what: 'changed',
  object,
  diff: [],
  action: 'reverted',
  by: [],
} satisfies EventBody;

for (const { it, given, gives } of [
  {
    it: 'is the syncs of the whole, each with its id',
    given: [anEvent(finished, 'op-2'), anEvent({ ...finished, history: mark }, 'op-1')],
    gives: [
      { id: null, kind: 'full', operation: 'op-2', health: null },
      { id: 3, kind: 'full', operation: 'op-1', health: 'Healthy' },
    ],
  },
  {
    it: 'tells the partial ones apart (Argo CD hides them)',
    given: [anEvent({ ...finished, partial: true }, 'op-1')],
    gives: [{ id: null, kind: 'partial', operation: 'op-1', health: null }],
  },
  {
    it: 'tells a heal once, however many objects it put back (Argo CD hides it)',
    given: [anEvent(drift, 'heal-1'), anEvent({ ...drift, what: 'deleted' }, 'heal-1')],
    gives: [{ id: null, kind: 'heal', operation: 'heal-1', health: null }],
  },
  {
    it: 'does not take drift for a heal that a sync undid, whether that has ended or not',
    given: [
      anEvent(drift, 'op-2'),
      anEvent({ type: 'sync.started', revision }, 'op-2'),
      anEvent(finished, 'op-1'),
      anEvent(drift, 'op-1'),
    ],
    gives: [{ id: null, kind: 'full', operation: 'op-1', health: null }],
  },
  { it: 'has no drift that was only reported', given: [anEvent({ ...drift, action: 'held' }, 'x')], gives: [] },
  { it: 'has nothing else', given: [anEvent({ type: 'hold.ended' })], gives: [] },
]) {
  test(`history-entry: the history ${it}`, () => {
    const picked = historyOf(given).map(({ id, kind, operation, health }) => ({ id, kind, operation, health }));
    deepEqual(picked, gives);
  });
}

test('history-entry: a heal counts what it put back, and names the hands', () => {
  const [heal] = historyOf([anEvent(drift, 'h'), anEvent({ ...drift, what: 'deleted' }, 'h')]);
  deepEqual([heal?.counts, heal?.why], [{ created: 1, updated: 1, pruned: 0, kept: 0 }, 'changed by hand: Ann']);
});

function anEvent(body: EventBody, operation?: string): Event {
  const about = {
    id: 'e',
    at: '2026-05-01T12:00:00.000Z',
    application: 'shop',
    cluster: 'prod',
    who: 'Ann',
    why: 'push',
  };
  return { ...about, ...(operation === undefined ? {} : { operation }), ...body };
}
