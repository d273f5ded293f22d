/** Ends a sync: what it came to, when it is tried again, and the line in the record. */
import type { ApplicationState } from '../core/application/application-state.ts';
import { type Ending, syncFinished } from '../core/event/sync-events.ts';
import { Fault, mayRetry } from '../core/fault/fault.ts';
import { rollbackAfter } from '../core/history/auto-rollback.ts';
import type { HistoryMark } from '../core/history/history-mark.ts';
import type { HookRun } from '../core/hook/hook-run.ts';
import { formatKey } from '../core/object/object-key.ts';
import { changesOf } from '../core/plan/plan.ts';
import type { Operation } from '../core/sync/operation.ts';
import { retryAt } from '../core/sync/retry-at.ts';
import { syncedBy } from '../core/sync/synced-by.ts';
import { triedBefore } from '../core/sync/tried-before.ts';
import type { Entry } from '../ports/applications.ts';
import type { Outcome, Run } from './outcome.ts';
import { loadPlan } from './stored-json.ts';

/** `cause` null: it succeeded. */
export async function finishOperation(operation: Operation, cause: Fault | null, run: Run): Promise<Outcome> {
  if (operation.reason === 'heal') return healed(operation, cause, run);
  const { entry, ports } = run;
  const fault = cause === null ? null : ofRollback(operation, cause);
  const now = ports.now();
  const occasion = { application: entry.application.name, cluster: entry.cluster, now };
  const isTold = !isRepeated(operation, fault, entry);
  const history = isTold ? markOf(operation, fault, entry) : null;
  const finished = syncFinished(
    operation,
    {
      result: resultOf(operation, fault),
      fault: fault?.report() ?? null,
      counts: operation.counts,
      ...(history === null ? {} : { history }),
    },
    occasion,
  );
  if (operation.reason === 'deletion' && fault === null)
    return { state: entry.state, events: [finished], removed: true };
  const state = fault === null ? succeeded(entry, operation, now) : failed(entry, operation, fault, now);
  return { state: history === null ? state : { ...state, history: history.id }, events: isTold ? [finished] : [] };
}

/** null: the cluster was not made equal to the whole revision. */
function markOf(operation: Operation, fault: Fault | null, { state }: Entry): HistoryMark | null {
  const { reason, only, source } = operation;
  const isWhole = fault === null || (fault.code !== 'sync.overtaken' && isApplied(operation, state));
  if (!isWhole || only !== null || reason === 'deletion') return null;
  return { id: state.history + 1, source, health: state.health.status };
}

/** A sync of what was there already is not before it waits for health, or has failed at that. */
function isApplied({ phase, revision, sourceHash }: Operation, { synced }: ApplicationState): boolean {
  const isPast = phase === 'settling' || phase === 'failing';
  return isPast && synced?.revision === revision && synced.sourceHash === sourceHash;
}

/** There is no going back from going back: it would never end. */
function ofRollback({ reason }: Operation, fault: Fault): Fault {
  if (reason !== 'rollback' || fault.code === 'sync.overtaken') return fault;
  const advice = 'This was a rollback: it stays as it is, on hold. For an older one see `trueup history`.';
  return new Fault(fault.code, { ...fault.facts, advice }, { cause: fault });
}

/** Refused: nothing was applied. */
function resultOf({ phase, stagesDone }: Operation, fault: Fault | null): Ending['result'] {
  if (fault === null) return 'succeeded';
  return (phase === 'starting' || phase === 'planning') && stagesDone === 0 ? 'refused' : 'failed';
}

/** A retry that fails the same way again says nothing new. */
function isRepeated({ request, revision }: Operation, fault: Fault | null, { state }: Entry): boolean {
  return request === null && state.failed?.revision === revision && state.failed.fault.code === fault?.code;
}

function succeeded({ state }: Entry, operation: Operation, now: number): ApplicationState {
  const endedHooks = endedHooksOf(state, operation, ({ deletePolicies }) => !deletePolicies.includes('HookSucceeded'));
  // Some objects are as Git wants them; where the Application stands is as it was.
  if (operation.only !== null) return { ...state, operation: null, endedHooks };
  const { extras = [] } = operation;
  return {
    ...state,
    operation: null,
    endedHooks,
    synced: syncedBy(operation, now),
    failed: null,
    sync: extras.length > 0 ? 'OutOfSync' : 'Synced',
    condition: null,
    heals: {},
    drifted: extras,
  };
}

function failed({ state, application }: Entry, operation: Operation, fault: Fault, now: number): ApplicationState {
  const ended = {
    ...state,
    operation: null,
    endedHooks: endedHooksOf(state, operation, ({ deletePolicies }) => !deletePolicies.includes('HookFailed')),
  };
  if (fault.code === 'sync.overtaken') return ended;
  const condition = fault.report();
  if (operation.only !== null) return { ...ended, condition };
  const rollback = rollbackAfter(application, operation, condition, now);
  const { revision, sourceHash, attempt: attempts } = operation;
  // Everything was applied: there is nothing to try again, only health to be watched.
  if (state.synced?.revision === revision && state.synced.sourceHash === sourceHash)
    return { ...ended, condition, failed: null, sync: 'Synced', rollback };
  const isTerminated = fault.code === 'sync.terminated';
  const again = isTerminated
    ? null
    : retryAt(application.syncPolicy.retry, {
        attempts,
        curable: operation.reason === 'deletion' || mayRetry(fault),
        now,
      });
  return {
    ...ended,
    condition,
    sync: 'OutOfSync',
    failed: {
      reason: operation.reason,
      revision,
      sourceHash,
      fault: condition,
      attempts,
      since: triedBefore(state.failed, operation)?.since ?? operation.startedAt,
      retryAt: again,
    },
    rollback,
  };
}

/** The newest of each name; those of earlier operations that were not made anew are still there. */
function endedHooksOf(
  { endedHooks = [] }: ApplicationState,
  { hooks }: Operation,
  isLeft: (hook: HookRun) => boolean,
): HookRun[] {
  const ran = new Set(hooks.map(({ key }) => formatKey(key)));
  return [...endedHooks.filter(({ key }) => !ran.has(formatKey(key))), ...hooks.filter(isLeft)].slice(-mostEndedHooks);
}

/** With generated names they become more with every sync. */
const mostEndedHooks = 50;

const healAgainMs = 5_000;

/** The drift itself is in the record already. What is left of the heal stays under suspicion, and is looked at again. */
async function healed(operation: Operation, fault: Fault | null, { entry, ports }: Run): Promise<Outcome> {
  const { state, application } = entry;
  if (fault === null) {
    const sync = state.drifted.length > 0 ? 'OutOfSync' : 'Synced';
    return { state: { ...state, operation: null, sync, condition: null } };
  }
  const plan = await loadPlan(operation.plan, ports);
  const left = plan === null ? undefined : changesOf({ stages: plan.stages.slice(operation.stagesDone) });
  await ports.wakes.suspect(application.name, left?.map(({ key }) => formatKey(key)) ?? ['*'], ports.now());
  return {
    state: { ...state, operation: null, sync: 'OutOfSync', condition: fault.report() },
    rest: ports.now() + healAgainMs,
  };
}
