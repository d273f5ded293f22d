/** Notes what keeps a sync from going on, and finds the moment to say so: once, and not of what passes by itself. */
import type { Operation } from './operation.ts';

/** A secret that a node has not seen yet, a webhook that is just starting: gone before anybody has read of it. */
const passesMs = 10_000;

/** `reason` empty: nothing does. `now`: ms since the epoch. */
export function noteStuck(operation: Operation, reason: string, now: number): { operation: Operation; tell: boolean } {
  const { stuck, ...rest } = operation;
  if (reason === '') return { operation: stuck?.told ? operation : rest, tell: false };
  const since = stuck?.since ?? now;
  const tell = !stuck?.told && now - since >= passesMs;
  return { operation: { ...rest, stuck: { since, told: tell || stuck?.told === true } }, tell };
}
