import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import type { Event, EventBody } from '../../../lib/core/event/event.ts';
import { eventFacts } from '../../../lib/core/event/event-facts.ts';
import { measureLine } from '../../../lib/core/metric/measure-line.ts';

const object = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };
const diff = [{ path: 'spec.replicas', before: 2, after: 5 }];
const revision = '1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d';
const fault = { code: 'apply.refused', message: 'no', hint: 'mend it', facts: {} };
const counts = { created: 1, updated: 2, pruned: 0, kept: 9 };
const finished = { type: 'sync.finished', revision, counts, durationMs: 900, message: '', url: '' } as const;

for (const { it, body, gives } of [
  { it: 'sync.started', body: { type: 'sync.started', revision }, gives: {} },
  {
    it: 'sync.finished',
    body: { ...finished, result: 'failed', fault },
    gives: { revision, result: 'failed', durationMs: 900, ...counts, code: 'apply.refused' },
  },
  {
    it: 'object.updated',
    body: { type: 'object.updated', revision, object, diff },
    gives: { object: 'apps/Deployment shop/web' },
  },
  {
    it: 'object.adopted',
    body: { type: 'object.adopted', revision, object, diff, from: 'Helm (shop/web)' },
    gives: { object: 'apps/Deployment shop/web', from: 'Helm (shop/web)' },
  },
  {
    it: 'object.moved',
    body: { type: 'object.moved', object, to: 'web' },
    gives: { object: 'apps/Deployment shop/web', to: 'web' },
  },
  {
    it: 'drift.found',
    body: { type: 'drift.found', what: 'changed', object, diff, action: 'reverted', by: [] },
    gives: { object: 'apps/Deployment shop/web', what: 'changed', action: 'reverted' },
  },
  {
    it: 'health.changed',
    body: { type: 'health.changed', from: 'Healthy', to: 'Degraded', because: 'web is down' },
    gives: { from: 'Healthy', to: 'Degraded' },
  },
  { it: 'hold.ended', body: { type: 'hold.ended' }, gives: {} },
  {
    it: 'push.held',
    body: { type: 'push.held', revision, by: 'Bea', reason: 'looking', until: null },
    gives: { revision },
  },
  {
    it: 'rollback.started',
    body: { type: 'rollback.started', from: 'a', to: 'b', entry: 1, reason: 'r', automatic: true, until: null },
    gives: { from: 'a', to: 'b', automatic: true },
  },
  { it: 'rollback.impossible', body: { type: 'rollback.impossible', from: 'a', because: 'b' }, gives: { from: 'a' } },
] satisfies { it: string; body: EventBody; gives: Record<string, unknown> }[]) {
  test(`event-facts says of ${it} enough to find it, and nothing of what was changed`, () => {
    deepEqual(eventFacts(event(body)), { application: 'shop', cluster: 'prod', id: 'e-1', ...gives });
  });
}

test('event-facts says what is counted', () => {
  const facts = eventFacts(event({ ...finished, result: 'succeeded' }));
  deepEqual(
    measureLine('sync.finished', facts).map(({ name }) => name),
    ['sync.succeeded', 'sync.duration'],
  );
});

function event(body: EventBody): Event {
  const about = { id: 'e-1', at: '2026-05-01T12:00:00.000Z', application: 'shop', cluster: 'prod' };
  return { ...about, who: 'Ann', why: 'push', ...body };
}
