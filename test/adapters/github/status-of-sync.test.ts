import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { statusOfSync } from '../../../lib/adapters/github/status-of-sync.ts';
import type { Event, EventBody } from '../../../lib/core/event/event.ts';
import type { FaultReport } from '../../../lib/core/fault/fault.ts';

const revision = 'a'.repeat(40);

function event(body: EventBody): Event {
  const about = {
    id: '1',
    at: '2026-01-01T00:00:00.000Z',
    application: 'shop',
    cluster: 'prod',
    who: 'Ann',
    why: 'push',
  };
  return { ...about, ...body };
}

function finished(result: 'succeeded' | 'failed' | 'refused', fault?: FaultReport): Event {
  const counts = { created: 1, updated: 2, pruned: 3, kept: 4 };
  const commit = { message: 'Scale', url: '' };
  return event({
    type: 'sync.finished',
    revision,
    result,
    counts,
    durationMs: 2345,
    ...commit,
    ...(fault && { fault }),
  });
}

const fault = (code: string, message: string): FaultReport => ({ code, message, hint: '', facts: {} });

for (const { it, given, state, description } of [
  {
    it: 'is pending from the start',
    given: event({ type: 'sync.started', revision }),
    state: 'pending',
    description: 'Syncing to prod',
  },
  {
    it: 'is success with what was done',
    given: finished('succeeded'),
    state: 'success',
    description: 'prod: 1 created, 2 updated, 3 pruned in 2.3 s',
  },
  {
    it: 'is failure when the commit is refused, on one line',
    given: finished('refused', fault('apply.invalid', 'a.yaml:1: the cluster\n  refuses Deployment/web')),
    state: 'failure',
    description: 'a.yaml:1: the cluster refuses Deployment/web',
  },
  {
    it: 'is error when the cluster is at fault',
    given: finished('failed', fault('cluster.unreachable', 'The cluster prod does not answer')),
    state: 'error',
    description: 'The cluster prod does not answer',
  },
  {
    it: 'is error when something of ours is at fault, and names no role or account',
    given: finished('failed', fault('eks.access_denied', 'AWS does not allow arn:aws:iam::111122223333:role/trueup …')),
    state: 'error',
    description: "eks.access_denied: not the commit's fault, see trueup events shop",
  },
  {
    it: 'is pending while the commit is held back, with who knows why',
    given: event({ type: 'push.held', revision, by: 'Bea', reason: 'rolled back to bbbbbbb', until: null }),
    state: 'pending',
    description: 'prod: held back: rolled back to bbbbbbb',
  },
  {
    it: 'says until when the commit is held back',
    given: event({ type: 'push.held', revision, by: 'Bea', reason: 'looking', until: '2026-01-01T01:00:00.000Z' }),
    state: 'pending',
    description: 'prod: held back until 2026-01-01T01:00:00.000Z: looking',
  },
  {
    it: 'is failure for the commit that was rolled back from',
    given: event({
      type: 'rollback.started',
      from: revision,
      to: 'b'.repeat(40),
      entry: 3,
      reason: 'too slow',
      automatic: true,
      until: null,
    }),
    state: 'failure',
    description: 'prod: rolled back to bbbbbbb: too slow',
  },
  {
    it: 'is failure when there is nothing to roll back to',
    given: event({ type: 'rollback.impossible', from: revision, because: 'none' }),
    state: 'failure',
    description: 'prod: did not work out, and there is nothing to roll back to',
  },
  {
    it: 'is failure when the sync failed without a word',
    given: finished('failed'),
    state: 'failure',
    description: 'The sync failed',
  },
]) {
  test(`status-of-sync ${it}`, () => {
    deepEqual(statusOfSync(given), { sha: revision, state, context: 'trueup/shop', description });
  });
}

test('status-of-sync shortens to the 140 letters GitHub takes, never within one', () => {
  const status = statusOfSync(finished('failed', fault('apply.invalid', '😀'.repeat(200))));
  equal([...(status?.description ?? '')].length, 140);
  ok(status?.description.endsWith('😀…'));
});

test('status-of-sync leaves other events alone', () => {
  equal(statusOfSync(event({ type: 'hold.ended' })), null);
});
