import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { changesMade, syncFinished, syncStarted } from '../../../lib/core/event/sync-events.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { PlannedChange } from '../../../lib/core/plan/plan.ts';
import { aDrift } from '../drift/a-drift.ts';
import { anOperation } from '../sync/an-operation.ts';

const occasion = { application: 'shop', cluster: 'prod', now: 61_000 };
const operation = anOperation();
const { key, apiVersion } = aDrift('a');
const updated = aDrift('a', { drift: null });
const counts = { created: 1, updated: 2, pruned: 3, kept: 4 };

test('sync-events: the start says who, why and which revision', () => {
  deepEqual(syncStarted(operation, occasion), {
    id: 'op-1-0-started',
    at: '1970-01-01T00:01:01.000Z',
    application: 'shop',
    cluster: 'prod',
    who: 'Ann <ann@example.com>',
    why: 'push bbbbbbb "Scale to 5"',
    operation: 'op-1',
    type: 'sync.started',
    revision: operation.revision,
  });
});

test('sync-events: the end says what came of it and how long it took', () => {
  const {
    id,
    at,
    who,
    why,
    application,
    cluster,
    operation: of,
    ...body
  } = syncFinished(operation, { result: 'succeeded', fault: null, counts }, occasion);
  deepEqual([id, of], ['op-1-9-finished', 'op-1']);
  deepEqual(body, {
    type: 'sync.finished',
    revision: operation.revision,
    result: 'succeeded',
    counts,
    durationMs: 60_000,
    message: 'Scale to 5',
    url: operation.commit?.url,
  });
});

test('sync-events: a sync that failed carries its fault, and one without a commit no message', () => {
  const fault = new Fault('sync.degraded', { application: 'shop' }).report();
  const event = syncFinished(anOperation({ commit: null }), { result: 'failed', fault, counts }, occasion);
  deepEqual(event.type === 'sync.finished' && [event.fault, event.message, event.url], [fault, '', '']);
});

for (const { it, change, gives } of [
  {
    it: 'adopted is said with who had it, even where nothing of it changed',
    change: { ...updated, diff: [], adopts: 'Argo CD (web)' },
    gives: { type: 'object.adopted', revision: operation.revision, object: key, from: 'Argo CD (web)', diff: [] },
  },
  {
    it: 'handed over is said with who has it',
    change: { action: 'hand-over', key, apiVersion, to: 'web' },
    gives: { type: 'object.moved', object: key, to: 'web' },
  },
] satisfies { it: string; change: PlannedChange; gives: object }[]) {
  test(`sync-events: an object that was ${it}`, () => {
    const [event] = changesMade(operation, [change], occasion);
    deepEqual({ ...event, ...gives }, event);
  });
}

for (const { it, given, gives } of [
  { it: 'a push', given: {}, gives: 'push bbbbbbb "Scale to 5"' },
  { it: 'a retry', given: { reason: 'retry' as const, attempt: 3 }, gives: 'try 3 of push bbbbbbb "Scale to 5"' },
  { it: 'a request', given: { reason: 'request' as const, who: 'Bea' }, gives: 'asked for by Bea' },
  {
    it: 'a rollback',
    given: { reason: 'rollback' as const, why: 'rolled back to aaaaaaa (#3): too slow' },
    gives: 'rolled back to aaaaaaa (#3): too slow',
  },
  { it: 'a heal', given: { reason: 'heal' as const }, gives: 'changed by hand' },
  { it: 'a deletion', given: { reason: 'deletion' as const }, gives: 'removed from the fleet' },
]) {
  test(`sync-events tell why of ${it}`, () => equal(syncStarted(anOperation(given), occasion).why, gives));
}

const changes: { it: string; change: PlannedChange; gives: object | null }[] = [
  {
    it: 'a new object without its contents',
    change: { ...updated, action: 'create' },
    gives: { type: 'object.created', diff: [], who: operation.who },
  },
  {
    it: 'a change with what differs',
    change: updated,
    gives: { type: 'object.updated', diff: updated.diff, who: operation.who },
  },
  { it: 'nothing where nothing changed', change: { ...updated, diff: [] }, gives: null },
  {
    it: 'a removal',
    change: { action: 'delete', key, apiVersion, uid: 'u', propagation: 'Foreground' },
    gives: { type: 'object.pruned', diff: [], who: operation.who },
  },
  {
    it: 'nothing of what was left alone',
    change: { action: 'skip', key, apiVersion, why: 'Prune=false' },
    gives: null,
  },
  {
    it: 'drift by the hand that made it',
    change: aDrift('a'),
    gives: { type: 'drift.found', diff: updated.diff, who: 'kubectl-edit' },
  },
  {
    it: 'drift of nobody known as somebody’s, also when the object looks as it should again',
    change: aDrift('a', { action: 'create', diff: [], drift: { what: 'deleted', by: [] } }),
    gives: { type: 'drift.found', diff: [], who: 'somebody' },
  },
];

for (const { it, change, gives } of changes) {
  test(`sync-events record ${it}`, () => {
    const events = changesMade(operation, [change], occasion);
    deepEqual(
      events.map((event) => ({ type: event.type, diff: 'diff' in event && event.diff, who: event.who })),
      gives === null ? [] : [gives],
    );
  });
}

test('sync-events: the same step told twice, at whatever time, has the same ids; each change has its own', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1 });
  fc.assert(
    fc.property(names, fc.nat(), fc.nat(), (given, one, other) => {
      const done = given.map((name) => aDrift(name));
      const ids = (now: number) => {
        const told = { ...occasion, now };
        const finished = syncFinished(operation, { result: 'succeeded', fault: null, counts }, told);
        return [syncStarted(operation, told), ...changesMade(operation, done, told), finished].map(({ id }) => id);
      };
      deepEqual(ids(one), ids(other));
      equal(new Set(ids(one)).size, given.length + 2);
      deepEqual(
        ids(one).toSorted(),
        [ids(one)[0], ...ids(one).slice(1, -1).toSorted(), ids(one).at(-1)],
        'in order of id: start, changes, end',
      );
    }),
  );
});
