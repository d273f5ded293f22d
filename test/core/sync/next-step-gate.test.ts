import type { ApplicationState } from '../../../lib/core/application/application-state.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { Block } from '../../../lib/core/sync/block.ts';
import { openGate } from '../../../lib/core/sync/gate.ts';
import { aRequest, aSituation, failed, held, newest, now, old, synced, target, wanted } from './a-situation.ts';
import { anOperation } from './an-operation.ts';
import { table } from './next-step-cases.ts';

const facts = { application: 'shop', project: 'team', window: 'deny', until: 'tomorrow' };
const block: Block = {
  fault: new Fault('sync.blocked_by_window', facts).report(),
  until: now + 1_000,
  lookAt: now + 1_000,
};
const shut = { ...openGate, start: block, heal: block, request: block, running: block };
/** People may. */
const shutForUs = { ...shut, request: null };
const onlyStart = { ...openGate, start: block };
const rests = { do: 'rest', lookAt: block.lookAt, behind: true, waits: { block, revision: wanted } } as const;
const request = aRequest();
const atOld = target(old);
const pending: Partial<ApplicationState> = {
  drifted: ['apps/Deployment:shop/web'],
  blocked: { fault: block.fault, since: 1, until: now, revision: null, heals: ['apps/Deployment:shop/web'] },
};

table('at a closed gate', [
  { it: 'starts no push', given: aSituation({ gate: shut }), gives: rests },
  {
    it: 'starts no retry',
    given: aSituation({ gate: shut, state: { failed: failed(wanted, { retryAt: now }) } }),
    gives: rests,
  },
  {
    it: 'waits for the time of the retry first',
    given: aSituation({ gate: shut, state: { failed: failed(wanted, { retryAt: now + 5 }) } }),
    gives: { do: 'rest', lookAt: now + 5, behind: true },
  },
  {
    it: 'follows Git where nothing that is read moved',
    given: aSituation({ gate: shut, target: target(wanted, { sameInputs: true }) }),
    gives: { do: 'advance', revision: wanted },
  },
  {
    it: 'is held rather than blocked',
    given: aSituation({ gate: shut, hold: held }),
    gives: { do: 'hold-back', revision: wanted, hold: held },
  },
  {
    it: 'waits for nothing without automation',
    given: aSituation({ gate: shut, automated: false }),
    gives: { do: 'rest', lookAt: null, behind: true },
  },
  {
    it: 'refuses a person',
    given: aSituation({ gate: shut, request }),
    gives: { do: 'refuse', request, fault: block.fault },
  },
  {
    it: 'refuses a rollback, whatever Git says',
    given: aSituation({ gate: shut, request: aRequest({ revision: old }), target: { fault: block.fault } }),
    gives: { do: 'refuse', request: aRequest({ revision: old }), fault: block.fault },
  },
  {
    it: 'starts for a person where people may',
    given: aSituation({ gate: shutForUs, request }),
    gives: { do: 'start', reason: 'request', revision: wanted, request },
  },
  {
    it: 'does not go back by itself',
    given: aSituation({
      gate: shut,
      target: atOld,
      state: { synced: synced(old), rollback: { due: now, revision: old, source: 's', because: 'it is Degraded' } },
    }),
    gives: { do: 'rest', lookAt: block.lookAt, behind: false, waits: { block, revision: null } },
  },
  {
    it: 'looks at suspects, to report them',
    given: aSituation({ gate: shut, suspectsDueAt: now, target: atOld }),
    gives: { do: 'inspect', block },
  },
  {
    it: 'waits with the drift that was reported',
    given: aSituation({ gate: shut, target: atOld, state: { ...pending, synced: synced(old) } }),
    gives: { do: 'rest', lookAt: block.lookAt, behind: false, waits: { block, revision: null } },
  },
  {
    it: 'waits with nothing once the drift is gone',
    given: aSituation({ gate: shut, target: atOld, state: { ...pending, drifted: [] } }),
    gives: { do: 'rest', lookAt: null, behind: false },
  },
  {
    it: 'removes what left the fleet',
    given: aSituation({ gate: shut, leaving: true }),
    gives: { do: 'start', reason: 'deletion', revision: old, request: null },
  },
]);

table('when the gate opens', [
  { it: 'ends the block first', given: aSituation({ state: pending }), gives: { do: 'unblock' } },
  {
    it: 'heals what may be healed, though a push still waits',
    given: aSituation({ gate: onlyStart, state: pending }),
    gives: { do: 'unblock' },
  },
  {
    it: 'goes on waiting with the push',
    given: aSituation({
      gate: onlyStart,
      state: { blocked: { fault: block.fault, since: 1, until: null, revision: wanted, heals: [] } },
    }),
    gives: rests,
  },
  {
    it: 'heals while a dependency is waited for',
    given: aSituation({ gate: onlyStart, suspectsDueAt: now }),
    gives: { do: 'inspect', block: null },
  },
]);

const planning = anOperation();
const applying = anOperation({ phase: 'applying', stages: 2, stagesDone: 1 });
const waiting = { ...applying, blockedSince: now - 500, deadline: now - 1 };
const settling = anOperation({ phase: 'settling', stages: 2, stagesDone: 2, deadline: now });
const deletion = { ...applying, reason: 'deletion' as const };

table('a window closes under way', [
  {
    it: 'before anything was applied',
    given: aSituation({ gate: shut, state: { operation: planning } }),
    gives: { do: 'wait', operation: planning, block },
  },
  {
    it: 'between two stages',
    given: aSituation({ gate: shut, state: { operation: applying } }),
    gives: { do: 'wait', operation: applying, block },
  },
  {
    it: 'and its time does not run meanwhile',
    given: aSituation({ gate: shut, state: { operation: waiting } }),
    gives: { do: 'wait', operation: waiting, block },
  },
  {
    it: 'and opens again',
    given: aSituation({ state: { operation: waiting } }),
    gives: { do: 'resume', operation: waiting },
  },
  {
    it: 'after the last stage, when only health is looked at',
    given: aSituation({ gate: shut, state: { operation: { ...settling, deadline: now + 1 } } }),
    gives: { do: 'settle', operation: { ...settling, deadline: now + 1 }, last: false },
  },
  {
    it: 'which does not stop the time of what waits for health',
    given: aSituation({ gate: shut, state: { operation: settling } }),
    gives: { do: 'settle', operation: settling, last: true },
  },
  {
    it: 'and a newer commit overtakes what waits',
    given: aSituation({ gate: shut, target: target(newest), state: { operation: waiting } }),
    gives: { do: 'overtake', operation: waiting, by: newest },
  },
  {
    it: 'and a person who may overtakes what waits',
    given: aSituation({ gate: shutForUs, request, state: { operation: waiting } }),
    gives: { do: 'overtake', operation: waiting, by: 'a request of Bea' },
  },
  {
    it: 'and a person who may not is told so',
    given: aSituation({ gate: shut, request, state: { operation: waiting } }),
    gives: { do: 'refuse', request, fault: block.fault },
  },
  {
    it: 'for a removal, which is not kept back',
    given: aSituation({ gate: { ...shut, running: null }, leaving: true, state: { operation: deletion } }),
    gives: { do: 'apply', operation: deletion, stage: 1 },
  },
]);

const overtakable = anOperation({ phase: 'applying', stages: 2, stagesDone: 1 });

table('where a newer commit would have to wait itself', [
  {
    it: 'lets the running sync go on',
    given: aSituation({
      gate: { ...onlyStart, newer: block },
      target: target(newest),
      state: { operation: overtakable },
    }),
    gives: { do: 'apply', operation: overtakable, stage: 1 },
  },
  {
    it: 'cuts nothing short for a person who would be refused',
    given: aSituation({ gate: { ...openGate, request: block }, request, state: { operation: settling } }),
    gives: { do: 'refuse', request, fault: block.fault },
  },
]);

table('where others have to go first', [
  {
    it: 'removes nothing yet',
    given: aSituation({ gate: { ...openGate, removal: block }, leaving: true }),
    gives: { do: 'rest', lookAt: block.lookAt, behind: true, waits: { block, revision: null } },
  },
  {
    it: 'forgets what it waited for, and then removes',
    given: aSituation({ leaving: true, state: pending }),
    gives: { do: 'unblock' },
  },
]);
