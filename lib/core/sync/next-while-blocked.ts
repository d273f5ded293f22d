/** What becomes of a running sync that a sync window keeps back: it waits where it is, and its time does not run. */
import type { SyncRequest } from '../application/application-state.ts';
import { isRunning } from '../hook/hook-run.ts';
import type { Gate } from './gate.ts';
import type { Situation, Step } from './next-step.ts';
import type { Operation } from './operation.ts';

/** null: it does not wait. To be asked before its deadline is. */
export function nextWhileBlocked(operation: Operation, { gate, request }: Situation): Step | null {
  if (operation.blockedSince === null) return null;
  if (gate.running === null) return { do: 'resume', operation };
  // A person need not wait for what waits itself; a hook is not cut off in the middle.
  if (request !== null && request.id !== operation.request && !operation.hooks.some(isRunning))
    return makeWayFor(request, operation, gate);
  return { do: 'wait', operation, block: gate.running };
}

/** For a person, unless what they ask for could not begin: then nothing is cut short for it. */
export function makeWayFor(request: SyncRequest, operation: Operation, gate: Gate): Step {
  if (gate.request !== null) return { do: 'refuse', request, fault: gate.request.fault };
  return { do: 'overtake', operation, by: `a request of ${request.who}` };
}

/** Only what changes the cluster is kept back: health and hooks are looked at as ever. */
export function unlessBlocked(step: Step, { gate: { running } }: Situation): Step {
  if (running === null || (step.do !== 'plan' && step.do !== 'apply')) return step;
  return { do: 'wait', operation: step.operation, block: running };
}
