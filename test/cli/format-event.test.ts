import { equal } from 'node:assert/strict';
import test from 'node:test';
import { formatEvent } from '../../cli/format-event.ts';
import type { Event, EventBody } from '../../lib/core/event/event.ts';

const key = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };

const event = (body: EventBody, who = 'Ann', why = 'push 1a2b3c4'): Event => ({
  id: 'e-1',
  at: '2026-05-01T12:03:04.567Z',
  application: 'shop',
  cluster: 'prod',
  who,
  why,
  ...body,
});

for (const { it, given, gives } of [
  {
    it: 'a change with its fields',
    given: event({
      type: 'object.updated',
      revision: 'a',
      object: key,
      diff: [{ path: 'spec.replicas', from: 3, to: 5 }],
    }),
    gives: 'object.updated  apps/Deployment shop/web: spec.replicas 3 → 5  (Ann: push 1a2b3c4)',
  },
  {
    it: 'an adoption with who had it',
    given: event({ type: 'object.adopted', revision: 'a', object: key, from: 'Helm (shop/web)', diff: [] }),
    gives: 'object.adopted  apps/Deployment shop/web from Helm (shop/web)  (Ann: push 1a2b3c4)',
  },
  {
    it: 'a move with where to',
    given: event({ type: 'object.moved', object: key, to: 'web' }),
    gives: 'object.moved  apps/Deployment shop/web to web  (Ann: push 1a2b3c4)',
  },
  {
    it: 'a hand edit with who and when',
    given: event(
      {
        type: 'drift.found',
        what: 'changed',
        object: key,
        diff: [{ path: 'env', to: 'x' }],
        action: 'reverted',
        by: [{ manager: 'kubectl-set', at: '2026-05-01T12:03:01Z' }],
      },
      'kubectl-set',
      'changed by hand',
    ),
    gives:
      'drift.found  apps/Deployment shop/web changed, reverted: env added x by kubectl-set at 2026-05-01T12:03:01Z  (kubectl-set: changed by hand)',
  },
  {
    it: 'a reason only once',
    given: event(
      { type: 'health.changed', from: 'Healthy', to: 'Degraded', because: 'pod web: crashes' },
      'the cluster',
      'pod web: crashes',
    ),
    gives: 'health.changed  Healthy → Degraded: pod web: crashes  (the cluster)',
  },
  {
    it: 'a rollback with where it goes',
    given: event(
      {
        type: 'rollback.started',
        from: 'b'.repeat(40),
        to: 'a'.repeat(40),
        entry: 3,
        reason: 'too slow',
        automatic: true,
        until: null,
      },
      'trueup',
      'too slow',
    ),
    gives: 'rollback.started  bbbbbbb → aaaaaaa (#3) by policy  (trueup: too slow)',
  },
  {
    it: 'a commit that is held back',
    given: event(
      { type: 'push.held', revision: 'a'.repeat(40), by: 'Bea', reason: 'looking', until: '2026-05-01T14:00:00.000Z' },
      'trueup',
      'on hold by Bea',
    ),
    gives: 'push.held  aaaaaaa held back: looking, until 2026-05-01T14:00:00.000Z  (trueup: on hold by Bea)',
  },
  {
    it: 'what has nothing more to tell',
    given: event({ type: 'hold.ended' }, 'root (trueup unhold)', 'ended by hand'),
    gives: 'hold.ended  (root (trueup unhold): ended by hand)',
  },
]) {
  test(`format-event tells ${it}`, () => equal(formatEvent(given), `2026-05-01 12:03:04  shop  ${gives}`));
}
