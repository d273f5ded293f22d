/** What becomes of a step that begins something by itself while a sync window or a dependency stands in its way. */
import { isDrifted } from '../drift/note-drift.ts';
import type { Gate } from './gate.ts';
import type { Situation, Step } from './next-step.ts';

/** Starts nothing: rests until it is worth another look, and says what it waits for. */
export function unlessWaiting(step: Step, { start }: Gate): Step {
  if (step.do !== 'start' || start === null) return step;
  return { do: 'rest', lookAt: start.lookAt, behind: true, waits: { block: start, revision: step.revision } };
}

/** With nothing else to do, drift that was only reported waits for the end of the window. */
export function withHeals(step: Step, { gate, state }: Situation): Step {
  const waits = state.blocked?.heals.some((name) => isDrifted(state.drifted, name)) ?? false;
  if (step.do !== 'rest' || gate.heal === null || !waits) return step;
  const lookAt = Math.min(step.lookAt ?? gate.heal.lookAt, gate.heal.lookAt);
  return { ...step, lookAt, waits: step.waits ?? { block: gate.heal, revision: null } };
}

/** What it was written down to wait for is over, for all of it or for the drift. */
export function endsBlock({ gate, state: { blocked } }: Situation): boolean {
  if (blocked === null || gate.heal !== null) return false;
  return gate.start === null || blocked.heals.length > 0;
}
