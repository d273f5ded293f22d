/** What the register says is in one cluster. */
import type { Entry } from '../ports/applications.ts';

/** The Applications that have something there. */
export function recordedIn(cluster: string, entries: readonly Entry[]): Entry[] {
  return entries.filter((entry) => entry.cluster === cluster && entry.state.record !== null);
}

export type KindsInUse = {
  /** As `apiVersion/kind`. */
  kinds: string[];
  /** Those of them of which some objects carry no mark, so that no label finds them. */
  unmarkedKinds: string[];
};

/** Each once. */
export function kindsOf(entries: readonly Entry[]): KindsInUse {
  return {
    kinds: [...new Set(entries.flatMap(({ state }) => state.kinds))],
    unmarkedKinds: [...new Set(entries.flatMap(({ state }) => state.unmarkedKinds ?? []))],
  };
}
