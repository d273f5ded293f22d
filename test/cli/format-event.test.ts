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
    it: 'what has nothing more to tell',
    given: event({ type: 'hold.ended' }, 'root (trueup unhold)', 'ended by hand'),
    gives: 'hold.ended  (root (trueup unhold): ended by hand)',
  },
]) {
  test(`format-event tells ${it}`, () => equal(formatEvent(given), `2026-05-01 12:03:04  shop  ${gives}`));
}
