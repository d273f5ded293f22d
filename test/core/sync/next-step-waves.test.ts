import type { HookRun } from '../../../lib/core/hook/hook-run.ts';
import type { Operation } from '../../../lib/core/sync/operation.ts';
import { aRequest, aSituation, newest, now, target } from './a-situation.ts';
import { anOperation } from './an-operation.ts';
import { table } from './next-step-cases.ts';

const during = (operation: Operation, given: Parameters<typeof aSituation>[0] = {}) =>
  aSituation({ ...given, state: { operation, ...given.state } });
const applying = (given: Partial<Operation>) =>
  anOperation({ phase: 'applying', stages: 3, failStages: 0, gates: [1, 3], ...given });
const failing = (given: Partial<Operation>) =>
  anOperation({ phase: 'failing', stages: 3, failStages: 2, gates: [1, 4, 5], stagesDone: 3, gate: 3, ...given });
const hook = (outcome: HookRun['outcome']): HookRun => ({
  key: { group: 'batch', kind: 'Job', namespace: 'shop', name: 'migrate' },
  apiVersion: 'batch/v1',
  phase: 'PreSync',
  uid: 'u',
  deletePolicies: [],
  outcome,
  because: '',
  position: '1',
});

const first = applying({ stagesDone: 0 });
const shut = applying({ stagesDone: 1 });
const passed = applying({ stagesDone: 1, gate: 1 });
const atEnd = applying({ stagesDone: 3, gate: 1 });
const done = applying({ stagesDone: 3, gate: 3 });
table('waves', [
  { it: 'begins with the first', given: during(first), gives: { do: 'apply', operation: first, stage: 0 } },
  { it: 'waits before the next', given: during(shut), gives: { do: 'pass', operation: shut, stage: 1, last: false } },
  { it: 'goes on behind a gate', given: during(passed), gives: { do: 'apply', operation: passed, stage: 1 } },
  {
    it: 'waits for the hooks of the last',
    given: during(atEnd),
    gives: { do: 'pass', operation: atEnd, stage: 3, last: false },
  },
  { it: 'settles behind the last gate', given: during(done), gives: { do: 'settle', operation: done, last: false } },
]);

const overtaken = target(newest);
const waiting = applying({ stagesDone: 1, hooks: [hook('succeeded')] });
const migrating = applying({ stagesDone: 1, hooks: [hook('running')] });
table('a newer commit', [
  {
    it: 'overtakes what waits before a wave',
    given: during(waiting, { target: overtaken }),
    gives: { do: 'overtake', operation: waiting, by: newest },
  },
  {
    it: 'lets a running hook end first',
    given: during(migrating, { target: overtaken }),
    gives: { do: 'pass', operation: migrating, stage: 1, last: false },
  },
]);

const starts = failing({});
const between = failing({ stagesDone: 4 });
const second = failing({ stagesDone: 4, gate: 4 });
const ending = failing({ stagesDone: 5, gate: 4 });
const ended = failing({ stagesDone: 5, gate: 5 });
const late = failing({ deadline: now });
table('a failure', [
  { it: 'runs its hooks', given: during(starts), gives: { do: 'apply', operation: starts, stage: 3 } },
  {
    it: 'waits between their waves',
    given: during(between),
    gives: { do: 'pass', operation: between, stage: 4, last: false },
  },
  { it: 'goes on with the next', given: during(second), gives: { do: 'apply', operation: second, stage: 4 } },
  { it: 'waits for the last', given: during(ending), gives: { do: 'pass', operation: ending, stage: 5, last: false } },
  { it: 'ends', given: during(ended), gives: { do: 'fail', operation: ended } },
  { it: 'ends when there is no time left', given: during(late), gives: { do: 'fail', operation: late } },
  {
    it: 'is not overtaken: its hooks clean up',
    given: during(starts, { target: overtaken }),
    gives: { do: 'apply', operation: starts, stage: 3 },
  },
]);

const request = { ...aRequest(), terminate: true as const };
const settling = anOperation({ phase: 'settling' });
table('an end by hand', [
  ...[first, shut, migrating, settling, failing({})].map((operation) => ({
    it: `comes at once while ${operation.phase}, ${operation.hooks.length} hooks, stage ${operation.stagesDone}`,
    given: during(operation, { request }),
    gives: { do: 'terminate' as const, operation, request },
  })),
]);
