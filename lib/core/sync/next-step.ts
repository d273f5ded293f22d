/**
 * Says what to do next about one Application, from nothing but what is known: the same situation always gives the same
 * step, so a run that is killed anywhere is gone on with by asking again.
 */
import type { ApplicationState, Hold, SyncRequest } from '../application/application-state.ts';
import { Fault, type FaultReport } from '../fault/fault.ts';
import type { PendingRollback } from '../history/auto-rollback.ts';
import { isRunning } from '../hook/hook-run.ts';
import { awaitsConfirmation } from '../recovery/hold-after-loss.ts';
import type { Block } from './block.ts';
import { followsGit } from './follows-git.ts';
import type { Gate } from './gate.ts';
import { makeWayFor, nextWhileBlocked, unlessBlocked } from './next-while-blocked.ts';
import type { Operation } from './operation.ts';
import { triedBefore } from './tried-before.ts';
import { endsBlock, unlessWaiting, withHeals } from './wait-for-gate.ts';

export type Situation = {
  automated: boolean;
  leaving: boolean;
  state: ApplicationState;
  /** What was refused last would delete something, and the document says that it may. */
  approved: boolean;
  request: SyncRequest | null;
  hold: Hold | null;
  /** When the objects that may have drifted are to be looked at (ms since the epoch); null: there are none. */
  suspectsDueAt: number | null;
  gate: Gate;
  /** What the cluster ought to be equal to; null while Git cannot tell, with the reason. */
  target: Target | { fault: FaultReport };
  /** ms since the epoch. */
  now: number;
};

/** `sameInputs`: nothing that the render of the present sync, or else of the last one, read is different at this revision. */
export type Target = { revision: string; sourceHash: string; sameInputs: boolean };

export type Step =
  | { do: 'start'; reason: Operation['reason']; revision: string; request: SyncRequest | null }
  /** Git moved, but nothing this Application reads. */
  | { do: 'advance'; revision: string }
  /** `block`: what is found is reported, and healed once that ends. */
  | { do: 'inspect'; block: Block | null }
  /** What automation waited for has come. */
  | { do: 'unblock' }
  /** Its state was lost: learn from the cluster what is there, and from Git at `revision`, if it can be read, what ought to be. */
  | { do: 'recover'; revision: string | null }
  | { do: 'announce' | 'plan' | 'time-out'; operation: Operation }
  | { do: 'apply'; operation: Operation; stage: number }
  /** Wait until what came before `stage` is healthy and its hooks have ended. `last`: its time is up, what is not well by now fails. */
  | { do: 'pass'; operation: Operation; stage: number; last: boolean }
  | { do: 'settle'; operation: Operation; last: boolean }
  /** Its SyncFail hooks have ended, or there is no time left for them. */
  | { do: 'fail'; operation: Operation }
  | { do: 'terminate'; operation: Operation; request: SyncRequest }
  | { do: 'overtake'; operation: Operation; by: string }
  | { do: 'wait'; operation: Operation; block: Block }
  | { do: 'resume'; operation: Operation }
  /** A person asked for what cannot begin. */
  | { do: 'refuse'; request: SyncRequest; fault: FaultReport }
  | { do: 'report'; fault: FaultReport }
  /** Git moved, and a hold keeps it from being synced: to be told. */
  | { do: 'hold-back'; revision: string; hold: Hold }
  /** The policy to go back by itself: it is time, or it is to be forgotten. */
  | { do: 'roll-back'; pending: PendingRollback }
  | { do: 'stay' }
  /** `behind`: Git wants something else than the cluster has. `waits`: what for, and with what. */
  | { do: 'rest'; lookAt: number | null; behind: boolean; waits?: { block: Block; revision: string | null } };

export function nextStep(situation: Situation): Step {
  const { operation } = situation.state;
  return operation === null ? nextStart(situation) : nextOf(operation, situation);
}

function nextOf(operation: Operation, situation: Situation): Step {
  const { request, leaving, now } = situation;
  // Told from what is written down, so that a kill in between cannot tell it twice.
  if (operation.phase === 'starting') return { do: 'announce', operation };
  if (request?.terminate === true) return { do: 'terminate', operation, request };
  if (operation.phase === 'failing') return nextOfFailing(operation, now);
  if (!leaving && operation.reason === 'deletion') return { do: 'overtake', operation, by: 'its return to the fleet' };
  if (leaving && operation.reason !== 'deletion')
    return { do: 'overtake', operation, by: 'its removal from the fleet' };
  // Stages are the safe points: what is newer waits for the running one, never for the whole sync. A hook is not cut off in
  // the middle of what it migrates.
  const by = operation.hooks.some(isRunning) ? null : newerThan(operation, situation);
  if (by !== null) return { do: 'overtake', operation, by };
  if (request !== null && request.id !== operation.request && operation.phase === 'settling')
    return makeWayFor(request, operation, situation.gate);
  const blocked = nextWhileBlocked(operation, situation);
  if (blocked !== null) return blocked;
  const last = now >= operation.deadline;
  if (last && isPutOff(operation)) return { do: 'time-out', operation };
  if (operation.phase === 'planning') return unlessBlocked({ do: 'plan', operation }, situation);
  if (operation.phase === 'settling') return { do: 'settle', operation, last };
  const stage = nextStage(operation, { stages: operation.stages, last });
  return unlessBlocked(stage ?? { do: 'settle', operation, last }, situation);
}

/**
 * What has begun is carried out and looked at once, however late: when the worker died in the middle of it nobody has told yet
 * what was done, and it may well be healthy by now.
 */
function isPutOff({ phase, waits }: Operation): boolean {
  return phase === 'planning' || (phase === 'applying' && waits > 0);
}

/** The gate before the stage, then the stage; null once all of the first `stages` are done. */
function nextStage(operation: Operation, { stages, last }: { stages: number; last: boolean }): Step | null {
  const { stagesDone, gates, gate } = operation;
  if (gates.includes(stagesDone) && gate < stagesDone) return { do: 'pass', operation, stage: stagesDone, last };
  return stagesDone < stages ? { do: 'apply', operation, stage: stagesDone } : null;
}

/** Those of a failure are numbered on from the others. */
function nextOfFailing(operation: Operation, now: number): Step {
  if (now >= operation.deadline) return { do: 'fail', operation };
  const stages = operation.stages + operation.failStages;
  return nextStage(operation, { stages, last: false }) ?? { do: 'fail', operation };
}

/** What a push makes way for; null when there is nothing, or nothing that would be synced by itself afterwards. */
function newerThan(operation: Operation, { target, automated, hold, gate }: Situation): string | null {
  if (!followsGit(operation) || !automated || hold !== null || gate.newer !== null || !('revision' in target))
    return null;
  if (target.revision !== operation.revision) return target.sameInputs ? null : target.revision;
  return target.sourceHash === operation.sourceHash ? null : 'a change of the Application';
}

function nextStart(situation: Situation): Step {
  const { state, request, leaving, suspectsDueAt, now } = situation;
  if (leaving) return nextDeletion(situation);
  if (isToBeRecovered(situation)) return { do: 'recover', revision: revisionOf(situation.target) };
  if (endsBlock(situation)) return { do: 'unblock' };
  // Before Git is asked, which may be down; while held too: inspecting decides what is done about what it finds.
  const areDue = suspectsDueAt !== null && suspectsDueAt <= now;
  if (areDue && state.synced !== null && request === null) return { do: 'inspect', block: situation.gate.heal };
  const step = withHeals(nextRollback(situation) ?? followGit(situation), situation);
  if (step.do !== 'rest' || suspectsDueAt === null || areDue) return step;
  return { ...step, lookAt: Math.min(step.lookAt ?? suspectsDueAt, suspectsDueAt) };
}

/** Until the cluster was read, and compared with Git as soon as Git can be asked. */
function isToBeRecovered({ hold, state, target }: Situation): boolean {
  if (!awaitsConfirmation(hold)) return false;
  return state.record === null || (state.sync === 'Unknown' && revisionOf(target) !== null);
}

function revisionOf(target: Situation['target']): string | null {
  return 'revision' in target ? target.revision : null;
}

/** A person who holds it or asks for a sync has taken over, and a newer commit may be the repair. null: nothing to do with it. */
function nextRollback({ state, request, hold, target, automated, gate, now }: Situation): Step | null {
  const pending = state.rollback;
  if (pending === null || request !== null) return null;
  // A hold of this very rollback was cut off before it went on.
  const isTakenOver = hold !== null && hold.rollback?.from !== pending.revision;
  if (isTakenOver || state.health.status === 'Healthy') return { do: 'stay' };
  const isNewer = 'revision' in target && target.revision !== pending.revision && !target.sameInputs;
  if (isNewer && automated && hold === null) return null;
  if (now < pending.due) return { do: 'rest', lookAt: pending.due, behind: false };
  // Nobody asked for it: it waits like everything automatic.
  if (gate.heal !== null)
    return { do: 'rest', lookAt: gate.heal.lookAt, behind: false, waits: { block: gate.heal, revision: null } };
  return { do: 'roll-back', pending };
}

function followGit(situation: Situation): Step {
  const { state, request, hold, target, automated, gate } = situation;
  if (request?.terminate === true) return { do: 'refuse', request, fault: nothingRuns(state) };
  if (request !== null && gate.request !== null) return { do: 'refuse', request, fault: gate.request.fault };
  if (request !== null && request.revision !== null)
    return { do: 'start', reason: reasonOf(request), revision: request.revision, request };
  if (!('revision' in target)) {
    return request === null ? { do: 'report', fault: target.fault } : { do: 'refuse', request, fault: target.fault };
  }
  if (request !== null) return { do: 'start', reason: 'request', revision: target.revision, request };
  if (isSynced(state, target)) return { do: 'rest', lookAt: hold?.until ?? null, behind: false };
  if (target.sameInputs) return { do: 'advance', revision: target.revision };
  if (!automated) return { do: 'rest', lookAt: hold?.until ?? null, behind: true };
  if (hold !== null)
    return isToldHeld(state, hold, target)
      ? { do: 'rest', lookAt: hold.until, behind: true }
      : { do: 'hold-back', revision: target.revision, hold };
  return unlessWaiting(nextTry(situation, target), gate);
}

function reasonOf({ rollback }: SyncRequest): 'request' | 'rollback' {
  return rollback === undefined ? 'request' : 'rollback';
}

/** Once for each commit and hold; what was rolled back from was told then, and after a loss everything waits. */
function isToldHeld(
  { heldBack }: ApplicationState,
  { since, rollback, afterLoss }: Hold,
  { revision }: Target,
): boolean {
  return (
    afterLoss !== undefined ||
    rollback?.from === revision ||
    (heldBack?.since === since && heldBack.revision === revision)
  );
}

function nothingRuns({ name }: ApplicationState): FaultReport {
  return new Fault('sync.nothing_runs', { application: name }).report();
}

function nextDeletion({ state, request, gate: { removal }, now }: Situation): Step {
  if (removal !== null)
    return { do: 'rest', lookAt: removal.lookAt, behind: true, waits: { block: removal, revision: null } };
  if (state.blocked !== null) return { do: 'unblock' };
  // Somebody says the word that Delete=confirm asks for.
  if (request?.confirmed === true)
    return { do: 'start', reason: 'deletion', revision: state.synced?.revision ?? '', request };
  // That a push failed is no reason to wait.
  const { reason = 'deletion', retryAt } = state.failed ?? { retryAt: null };
  if (reason === 'deletion' && retryAt !== null && now < retryAt) return { do: 'rest', lookAt: retryAt, behind: true };
  return { do: 'start', reason: 'deletion', revision: state.synced?.revision ?? '', request: null };
}

function isSynced(state: ApplicationState, target: Target): boolean {
  return state.synced?.revision === target.revision && state.synced.sourceHash === target.sourceHash;
}

function nextTry({ state, approved, now }: Situation, target: Target): Step {
  const { revision } = target;
  const failed = triedBefore(state.failed, target);
  if (failed === null) return { do: 'start', reason: 'push', revision, request: null };
  const isDue = failed.retryAt !== null && now >= failed.retryAt;
  if (isDue || (approved && failed.fault.code === 'sync.prune_guard'))
    return { do: 'start', reason: 'retry', revision, request: null };
  return { do: 'rest', lookAt: failed.retryAt, behind: true };
}
