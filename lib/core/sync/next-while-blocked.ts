/** What becomes of a running sync that a sync window keeps back: it waits where it is, and its time does not run. */
import { isRunning } from '../hook/hook-run.ts';
import type { Situation, Step } from './next-step.ts';
import type { Operation } from './operation.ts';

/** null: it does not wait. To be asked before its deadline is. */
export function nextWhileBlocked(operation: Operation, { gate, request }: Situation): Step | null {
  if (operation.blockedSince === null) return null;
  if (gate.running === null) return { do: 'resume', operation };
  // A person need not wait for what waits itself; a hook is not cut off in the middle.
  if (request !== null && request.id !== operation.request && !operation.hooks.some(isRunning)) {
    if (gate.request !== null) return { do: 'refuse', request, fault: gate.request.fault };
    return { do: 'overtake', operation, by: `a request of ${request.who}` };
  }
  return { do: 'wait', operation, block: gate.running };
}

/** Only what changes the cluster is kept back: health and hooks are looked at as ever. */
export function unlessBlocked(step: Step, { gate: { running } }: Situation): Step {
  if (running === null || (step.do !== 'plan' && step.do !== 'apply')) return step;
  return { do: 'wait', operation: step.operation, block: running };
}
