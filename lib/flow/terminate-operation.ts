/** Ends a running sync because a person says so: its running hooks are stopped, what was applied stays. */
import type { SyncRequest } from '../core/application/application-state.ts';
import { Fault } from '../core/fault/fault.ts';
import { isRunning } from '../core/hook/hook-run.ts';
import type { Operation } from '../core/sync/operation.ts';
import { finishOperation } from './finish-operation.ts';
import type { Outcome, Run } from './outcome.ts';
import { removeHooks } from './remove-hooks.ts';

export async function terminateOperation(operation: Operation, request: SyncRequest, run: Run): Promise<Outcome> {
  await removeHooks(operation.hooks.filter(isRunning), run);
  const fault = new Fault('sync.terminated', { application: run.entry.application.name, who: request.who });
  return { ...(await finishOperation(operation, fault, run)), request: request.id };
}
