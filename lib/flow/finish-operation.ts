/** Ends a sync: what it came to, when it is tried again, and the line in the record. */
import type { ApplicationState } from '../core/application/application-state.ts';
import { type Ending, syncFinished } from '../core/event/sync-events.ts';
import { type Fault, mayRetry } from '../core/fault/fault.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { Operation } from '../core/sync/operation.ts';
import { retryAt } from '../core/sync/retry-at.ts';
import { syncedBy } from '../core/sync/synced-by.ts';
import type { Entry } from '../ports/applications.ts';
import type { Outcome, Run } from './outcome.ts';
import { loadPlan } from './stored-json.ts';

/** `fault` null: it succeeded. */
export async function finishOperation(operation: Operation, fault: Fault | null, run: Run): Promise<Outcome> {
  if (operation.reason === 'heal') return healed(operation, fault, run);
  const { entry, ports } = run;
  const now = ports.now();
  const occasion = { application: entry.application.name, cluster: entry.cluster, now };
  const finished = syncFinished(
    operation,
    { result: resultOf(operation, fault), fault: fault?.report() ?? null, counts: operation.counts },
    occasion,
  );
  if (operation.reason === 'deletion' && fault === null)
    return { state: entry.state, events: [finished], removed: true };
  const state = fault === null ? succeeded(entry, operation, now) : failed(entry, operation, fault, now);
  return { state, events: isRepeated(operation, fault, entry) ? [] : [finished] };
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
  return {
    ...state,
    operation: null,
    synced: syncedBy(operation, now),
    failed: null,
    sync: 'Synced',
    condition: null,
    heals: {},
    drifted: [],
  };
}

function failed({ state, application }: Entry, operation: Operation, fault: Fault, now: number): ApplicationState {
  const ended = { ...state, operation: null };
  if (fault.code === 'sync.overtaken') return ended;
  const condition = fault.report();
  // Everything was applied: there is nothing to try again, only health to be watched.
  if (operation.phase === 'settling') return { ...ended, condition, failed: null, sync: 'Synced' };
  const { revision, sourceHash, attempt: attempts } = operation;
  const again = retryAt(application.syncPolicy.retry, {
    attempts,
    curable: operation.reason === 'deletion' || mayRetry(fault),
    now,
  });
  return {
    ...ended,
    condition,
    sync: 'OutOfSync',
    failed: { revision, sourceHash, fault: condition, attempts, retryAt: again },
  };
}

const healAgainMs = 5_000;

/** The drift itself is in the record already. What is left of the heal stays under suspicion, and is looked at again. */
async function healed(operation: Operation, fault: Fault | null, { entry, ports }: Run): Promise<Outcome> {
  const { state, application } = entry;
  if (fault === null) {
    const sync = state.drifted.length > 0 ? 'OutOfSync' : 'Synced';
    return { state: { ...state, operation: null, sync, condition: null } };
  }
  const plan = await loadPlan(operation.plan, ports);
  const left = plan?.stages.slice(operation.stagesDone).flat();
  await ports.wakes.suspect(application.name, left?.map(({ key }) => formatKey(key)) ?? ['*'], ports.now());
  return {
    state: { ...state, operation: null, sync: 'OutOfSync', condition: fault.report() },
    rest: ports.now() + healAgainMs,
  };
}
