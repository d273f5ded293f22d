/** When a notice that its channel did not take is tried again. */
import { Fault, mayRetry } from '../fault/fault.ts';
import type { Notice } from './notice.ts';

const firstDelayMs = 2_000;
const longestDelayMs = 600_000;
/** News of yesterday: who has looked at the record since knows it, and the others are not helped by a flood. */
const oldestMs = 24 * 3_600_000;

/** ms since the epoch; null: given up. A channel that said how long to wait is obeyed. */
export function nextAttempt({ attempts, event }: Notice, error: unknown, now: number): number | null {
  if (!mayRetry(error) || now - Date.parse(event.at) > oldestMs) return null;
  const asked = error instanceof Fault ? error.facts.retryAfterMs : undefined;
  return now + (typeof asked === 'number' ? asked : Math.min(longestDelayMs, firstDelayMs * 2 ** attempts));
}
