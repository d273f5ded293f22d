/** Events in the words of the demo. */
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { DemoEvent } from '../../../cli/demo/read-record.ts';
import { sayChanges, sayDrift, sayDriftWhy, sayWhy } from '../../../cli/demo/say-event.ts';

const nginx = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'nginx' };
const hello = { group: '', kind: 'Service', namespace: 'shop', name: 'hello' };

function event(fields: Partial<DemoEvent>): DemoEvent {
  return {
    id: '1',
    at: '2026-01-31T12:00:00.000Z',
    who: 'Ann',
    why: 'push 1a2b3c4 "Go"',
    type: 'sync.finished',
    ...fields,
  };
}

test('say-event: sums up a sync by what became of the objects', () => {
  const events = [
    event({ type: 'sync.started' }),
    event({ type: 'object.created', object: nginx }),
    event({ type: 'object.created', object: hello }),
    event({ type: 'object.updated', object: nginx, diff: [{ path: 'spec.replicas', from: 3, to: 5 }] }),
    event({ type: 'object.pruned', object: hello }),
  ];
  equal(
    sayChanges(events),
    'created Deployment nginx, Service hello; updated Deployment nginx: spec.replicas 3 → 5; pruned Service hello',
  );
});

const scaled = event({
  type: 'drift.found',
  who: 'kubectl-scale',
  why: 'changed by hand',
  action: 'reverted',
  object: nginx,
  diff: [{ path: 'spec.replicas', from: 5, to: 2 }],
});

for (const { it, says, gives } of [
  {
    it: 'names who drifted what, and what became of it',
    says: sayDrift(scaled),
    gives: 'drift found: kubectl (scale) changed Deployment nginx: spec.replicas 5 → 2; reverted',
  },
  {
    it: 'says that drift on hold is left alone',
    says: sayDrift({ ...scaled, action: 'held' }),
    gives: 'drift found: kubectl (scale) changed Deployment nginx: spec.replicas 5 → 2; left alone',
  },
  { it: 'says why of a push', says: sayWhy(event({})), gives: 'why: push 1a2b3c4 "Go", by Ann' },
  {
    it: 'says why of a heal',
    says: sayDriftWhy(scaled),
    gives: 'why: changed by hand, and Git has the last word (selfHeal)',
  },
  {
    it: 'says why nothing was done',
    says: sayDriftWhy({ ...scaled, action: 'held' }),
    gives: 'why: changed by hand, while automation is on hold',
  },
]) {
  test(`say-event: ${it}`, () => equal(says, gives));
}
