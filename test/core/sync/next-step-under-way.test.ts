import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Block } from '../../../lib/core/sync/block.ts';
import { nextStep, type Situation } from '../../../lib/core/sync/next-step.ts';
import type { Operation } from '../../../lib/core/sync/operation.ts';
import {
  aRequest,
  aSituation,
  failed,
  gitDown,
  held,
  newest,
  now,
  old,
  synced,
  target,
  wanted,
} from './a-situation.ts';
import { anOperation } from './an-operation.ts';
import { type Case, table } from './next-step-cases.ts';

const request = aRequest();

const block: Block = { fault: gitDown, until: null, lookAt: now + 5 };

const starting = anOperation({ phase: 'starting' });
const planning = anOperation();
const applying = anOperation({ phase: 'applying', stages: 2, stagesDone: 1 });
const applied = anOperation({ phase: 'applying', stages: 2, stagesDone: 2 });
const settling = anOperation({ phase: 'settling', stages: 2, stagesDone: 2 });

function during(operation: Operation, given: Parameters<typeof aSituation>[0] = {}): Situation {
  return aSituation({ ...given, state: { operation, ...given.state } });
}

table('under way', [
  { it: 'is told first', given: during(starting), gives: { do: 'announce', operation: starting } },
  { it: 'is planned', given: during(planning), gives: { do: 'plan', operation: planning } },
  { it: 'is applied stage by stage', given: during(applying), gives: { do: 'apply', operation: applying, stage: 1 } },
  {
    it: 'settles after the last stage',
    given: during(applied),
    gives: { do: 'settle', operation: applied, last: false },
  },
  {
    it: 'settles until it is healthy',
    given: during(settling),
    gives: { do: 'settle', operation: settling, last: false },
  },
  {
    it: 'goes on while Git is down',
    given: during(applying, { target: { fault: gitDown } }),
    gives: { do: 'apply', operation: applying, stage: 1 },
  },
  {
    it: 'is not disturbed by suspects',
    given: during(applying, { suspectsDueAt: now }),
    gives: { do: 'apply', operation: applying, stage: 1 },
  },
  {
    it: 'goes on to the end when it is held half-way',
    given: during(applying, { hold: held }),
    gives: { do: 'apply', operation: applying, stage: 1 },
  },
]);

const late = { deadline: now };
const timesOut = (operation: Operation, it = `is given up in time while ${operation.phase}`): Case => ({
  it,
  given: during(operation),
  gives: { do: 'time-out', operation },
});

table('too late', [
  timesOut({ ...planning, ...late }),
  timesOut({ ...applying, ...late, waits: 1 }, 'is given up while a stage is put off'),
  {
    it: 'is gone on with in the middle of a wave: a worker that died there has not told what it did',
    given: during({ ...applying, ...late }),
    gives: { do: 'apply', operation: { ...applying, ...late }, stage: 1 },
  },
  {
    it: 'is looked at once more where it waits for a wave',
    given: during({ ...applying, ...late, gates: [1] }),
    gives: { do: 'pass', operation: { ...applying, ...late, gates: [1] }, stage: 1, last: true },
  },
  {
    it: 'is looked at once more where it waits for the whole: it may be healthy by now',
    given: during({ ...settling, ...late }),
    gives: { do: 'settle', operation: { ...settling, ...late }, last: true },
  },
  {
    it: 'is told before it is given up',
    given: during({ ...starting, ...late }),
    gives: { do: 'announce', operation: { ...starting, ...late } },
  },
]);

const overtakes = (operation: Operation, it = `${operation.reason} while ${operation.phase}`): Case => ({
  it: `ends a ${it}`,
  given: during(operation, { target: target(newest) }),
  gives: { do: 'overtake', operation, by: newest },
});
const isWaitedFor = (reason: Operation['reason'], given: Partial<Operation> = {}, it: string = reason): Case => {
  const operation = { ...applying, reason, ...given };
  return {
    it: `waits for a ${it}`,
    given: during(operation, { target: target(newest), leaving: reason === 'deletion' }),
    gives: { do: 'apply', operation, stage: 1 },
  };
};

table('a newer commit', [
  overtakes(planning),
  overtakes(applying),
  overtakes(settling),
  overtakes({ ...settling, reason: 'retry' }),
  overtakes({ ...settling, ...late }, 'push that is also too late'),
  {
    it: 'waits until the start is told',
    given: during(starting, { target: target(newest) }),
    gives: { do: 'announce', operation: starting },
  },
  {
    it: 'that touches nothing this sync reads is waited for',
    given: during(settling, { target: target(newest, { sameInputs: true }) }),
    gives: { do: 'settle', operation: settling, last: false },
  },
  {
    it: 'ends nothing on hold, where nothing would follow',
    given: during(applying, { target: target(newest), hold: held }),
    gives: { do: 'apply', operation: applying, stage: 1 },
  },
  {
    it: 'ends nothing without automation, where nothing would follow',
    given: during(applying, { target: target(newest), automated: false }),
    gives: { do: 'apply', operation: applying, stage: 1 },
  },
  {
    it: 'or a corrected Application ends the wait for health',
    given: during(settling, { target: target(wanted, { sourceHash: 'source-2' }) }),
    gives: { do: 'overtake', operation: settling, by: 'a change of the Application' },
  },
  overtakes({ ...applying, reason: 'request' }, 'request of a person, who wanted what Git wants'),
  isWaitedFor('request', { named: true }, 'request that names a revision'),
  isWaitedFor('request', { only: { resources: [], labels: {} } }, 'request about single objects'),
  isWaitedFor('rollback'),
  isWaitedFor('heal'),
  isWaitedFor('deletion'),
]);

table('a request meanwhile', [
  {
    it: 'ends the wait for health',
    given: during(settling, { request }),
    gives: { do: 'overtake', operation: settling, by: 'a request of Bea' },
  },
  {
    it: 'waits for the stages that are left',
    given: during(applying, { request }),
    gives: { do: 'apply', operation: applying, stage: 1 },
  },
  {
    it: 'does not end its own sync',
    given: during({ ...settling, request: request.id }, { request }),
    gives: { do: 'settle', operation: { ...settling, request: request.id }, last: false },
  },
]);

const deletion = anOperation({ reason: 'deletion', phase: 'applying', stages: 1 });

table('the removal from the fleet meanwhile', [
  {
    it: 'ends whatever is under way',
    given: during(applying, { leaving: true, target: target(newest, { sourceHash: '' }) }),
    gives: { do: 'overtake', operation: applying, by: 'its removal from the fleet' },
  },
  {
    it: 'is taken back by its return',
    given: during(deletion),
    gives: { do: 'overtake', operation: deletion, by: 'its return to the fleet' },
  },
  {
    it: 'goes on with the deletion',
    given: during(deletion, { leaving: true }),
    gives: { do: 'apply', operation: deletion, stage: 0 },
  },
]);

test('next-step gives the same situation the same step, and changes nothing', () => {
  const maybe = <Value>(value: Value) => fc.constantFrom(null, value);
  const situations: fc.Arbitrary<Situation> = fc
    .record({
      automated: fc.boolean(),
      leaving: fc.boolean(),
      request: fc.constantFrom(null, request, aRequest({ revision: newest })),
      hold: maybe(held),
      approved: fc.boolean(),
      gate: fc.record(
        {
          start: maybe(block),
          heal: maybe(block),
          request: maybe(block),
          running: maybe(block),
          newer: maybe(block),
          removal: maybe(block),
        },
        { noNullPrototype: true },
      ),
      suspectsDueAt: fc.constantFrom(null, now, now + 3),
      target: fc.constantFrom<Situation['target'][]>({ fault: gitDown }, target(old), target(wanted), target(newest)),
      operation: fc.constantFrom(null, starting, planning, applying, applied, settling, deletion),
      synced: maybe(synced(old)),
      failed: fc.constantFrom(null, failed(wanted), failed(old, { retryAt: now })),
    })
    .map(({ operation, synced, failed, ...given }) => aSituation({ ...given, state: { operation, synced, failed } }));
  fc.assert(
    fc.property(situations, (situation) => {
      const before = structuredClone(situation);
      const step = nextStep(situation);
      deepEqual(nextStep(structuredClone(situation)), step);
      deepEqual(situation, before);
    }),
  );
});
