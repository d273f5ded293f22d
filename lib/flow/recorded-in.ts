/** What the register says is in one cluster. */
import type { Entry } from '../ports/applications.ts';

/** The Applications that have something there. */
export function recordedIn(cluster: string, entries: readonly Entry[]): Entry[] {
  return entries.filter((entry) => entry.cluster === cluster && entry.state.record !== null);
}

/** Each once, as `apiVersion/kind`. */
export function kindsOf(entries: readonly Entry[]): string[] {
  return [...new Set(entries.flatMap(({ state }) => state.kinds))];
}
