/** What is known of an Application once its record was made anew from the cluster and from Git. */
import type { ApplicationState, Synced } from '../application/application-state.ts';
import type { FaultReport } from '../fault/fault.ts';
import type { ApplicationRecord } from '../record/record.ts';
import { sumUpHealth } from '../record/sum-up-health.ts';

export type Recovery = {
  /** Blob key of `record`. */
  key: string;
  record: ApplicationRecord;
  /** null: Git could not be asked or used, for the reason in `fault` where there is one. */
  git: {
    revision: string;
    sourceHash: string;
    reads: Record<string, string | null>;
    warnings: string[];
    /** Up to what was edited by hand. */
    isEqual: boolean;
  } | null;
  fault: FaultReport | null;
};

/** While `sync` is Unknown the comparison with Git is still to come. `now`: ms since the epoch. */
export function recoveredState(
  before: ApplicationState,
  { key, record, git, fault }: Recovery,
  now: number,
): ApplicationState {
  // Without any object it is as before a first sync.
  const isDeployed = Object.keys(record.objects).length > 0;
  return {
    ...before,
    operation: null,
    failed: null,
    condition: fault,
    blocked: null,
    record: key,
    kinds: [
      ...new Set(Object.values(record.objects).map(({ apiVersion, key: { kind } }) => `${apiVersion}/${kind}`)),
    ].toSorted(),
    // What carries no mark was not found.
    unmarkedKinds: [],
    health: sumUpHealth(record, before.health, now),
    drifted: [],
    heals: {},
    warnings: git?.warnings ?? before.warnings,
    synced: git === null || !isDeployed ? null : syncedTo(git, now),
    sync: git === null ? 'Unknown' : git.isEqual && isDeployed ? 'Synced' : 'OutOfSync',
  };
}

/** Nobody knows the revision that is there. Without a source hash it counts as left, and the first sync makes it whole. */
function syncedTo({ revision, sourceHash, reads, isEqual }: NonNullable<Recovery['git']>, at: number): Synced {
  return { revision, sourceHash: isEqual ? sourceHash : '', reads, at, afterLoss: true };
}
