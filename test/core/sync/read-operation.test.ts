import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '../../../lib/core/sync/operation.ts';
import { readOperation } from '../../../lib/core/sync/read-operation.ts';
import { anOperation } from './an-operation.ts';

/** As it was written before there were waves and hooks. */
function before(phase: Operation['phase']): Operation {
  const { gates, gate, gateSince, waitsFor, failStages, hooks, failure, only, blockedSince, ...known } = anOperation({
    phase,
    plan: 'plans/shop/1',
    stages: 3,
    stagesDone: 2,
  });
  return known as Operation;
}

test('read-operation leaves one that it knows as it is', () => {
  const operation = anOperation({ phase: 'applying' });
  equal(readOperation(operation), operation);
});

for (const { was, becomes } of [
  { was: 'starting', becomes: 'starting' },
  { was: 'planning', becomes: 'planning' },
  { was: 'applying', becomes: 'planning' },
  { was: 'settling', becomes: 'settling' },
] as const) {
  test(`read-operation plans anew what an earlier version left while ${was}`, () => {
    const { phase, plan, gates, hooks, only } = readOperation(before(was));
    deepEqual({ phase, plan, gates, hooks, only }, { phase: becomes, plan: null, gates: [], hooks: [], only: null });
  });
}
