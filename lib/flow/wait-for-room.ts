/** Puts the rest of a stage off until an object is gone, or was taken over, and says on the Application what it waits for. */
import type { ApplicationState } from '../core/application/application-state.ts';
import type { Event } from '../core/event/event.ts';
import type { Fault, FaultReport } from '../core/fault/fault.ts';
import type { Operation } from '../core/sync/operation.ts';
import type { Outcome, Run } from './outcome.ts';

const longestMs = 5_000;

/** What `waitForRoom` said counts no longer once the stage was tried again. */
export function withoutWaiting({ condition, ...state }: ApplicationState): ApplicationState {
  return { ...state, condition: condition !== null && isHeldBack(condition) ? null : condition };
}

export function isHeldBack({ code }: Pick<FaultReport, 'code'>): boolean {
  return code === 'apply.held_back' || code === 'sync.awaits_hand_over';
}

/** Until the deadline of the sync, which then ends with this as its reason. */
export function waitForRoom(operation: Operation, fault: Fault, { entry, ports }: Run, events: Event[]): Outcome {
  const waits = operation.waits + 1;
  return {
    state: { ...entry.state, condition: fault.report(), operation: { ...operation, waits, waitsFor: fault.message } },
    events,
    rest: ports.now() + Math.min(longestMs, 300 * waits),
  };
}
