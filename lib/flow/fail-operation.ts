/** Lets a sync fail: hooks go as their policies say, its SyncFail hooks run, and then it has ended. */
import { Fault } from '../core/fault/fault.ts';
import type { Operation } from '../core/sync/operation.ts';
import { finishOperation } from './finish-operation.ts';
import type { Outcome, Run } from './outcome.ts';
import { removeHooks } from './remove-hooks.ts';

/** For SyncFail hooks, from the moment of the failure. */
const failingTimeoutMs = 300_000;

/** A failure of the SyncFail hooks themselves changes nothing: what it ends with is why they ran. */
export async function failOperation(operation: Operation, fault: Fault, run: Run): Promise<Outcome> {
  if (operation.phase === 'failing') return endFailed(operation, fault, run);
  // Before anything was applied there is nothing to clean up after.
  if (operation.phase === 'starting' || operation.phase === 'planning') return finishOperation(operation, fault, run);
  await removeHooks(
    operation.hooks.filter(({ deletePolicies }) => deletePolicies.includes('HookFailed')),
    run,
  );
  if (operation.failStages === 0) return finishOperation(operation, fault, run);
  const { entry, ports } = run;
  const failing: Operation = {
    ...operation,
    phase: 'failing',
    failure: fault.report(),
    stagesDone: operation.stages,
    gate: operation.stages,
    gateSince: null,
    waits: 0,
    deadline: ports.now() + failingTimeoutMs,
  };
  return { state: { ...entry.state, operation: failing } };
}

/** `fault`: for an operation that does not say itself why it fails. */
export function endFailed(operation: Operation, fault: Fault | null, run: Run): Promise<Outcome> {
  const why = operation.failure === null ? fault : Fault.from(operation.failure);
  return finishOperation(operation, why, run);
}
