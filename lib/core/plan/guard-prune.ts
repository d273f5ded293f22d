/** Refuses a prune that is more likely a mistake than a wish. */
import { Fault } from '../fault/fault.ts';
import type { ObjectKey } from '../object/object-key.ts';

export type PruneGuard = {
  application: string;
  remove: readonly ObjectKey[];
  /** Those of them that are known only from the cluster, since the state was lost. */
  recovered: readonly ObjectKey[];
  /** Objects in the record before this sync. */
  total: number;
  confirmed: boolean;
  /** Argo CD's `allowEmpty`: Git may be empty. */
  allowEmpty: boolean;
};

const protectedKinds = new Set(['Namespace', 'PersistentVolumeClaim', 'CustomResourceDefinition']);
const largestShare = 0.5;
/** Below this many objects a large share is everyday life. */
const smallApplication = 4;

/**
 * Fault sync.prune_guard when everything, more than half, something that holds data, or something that was only found in the
 * cluster would go without confirmation.
 */
export function guardPrune({ application, remove, recovered, total, confirmed, allowEmpty }: PruneGuard): void {
  if (confirmed || remove.length === 0) return;
  const because = whyRefuse({ remove, recovered, total, allowEmpty });
  if (because === null) return;
  throw new Fault('sync.prune_guard', { application, count: remove.length, total, because });
}

function whyRefuse({
  remove,
  recovered,
  total,
  allowEmpty,
}: Pick<PruneGuard, 'remove' | 'recovered' | 'total' | 'allowEmpty'>): string | null {
  const [found] = recovered;
  if (found !== undefined) return `${found.kind} ${found.name} is known only since the state was lost and made anew`;
  const kept = remove.find(({ kind }) => protectedKinds.has(kind));
  if (kept !== undefined) return `${kept.kind} ${kept.name} may hold what cannot be made again`;
  if (remove.length >= total) return allowEmpty ? null : 'that is everything it has';
  if (total >= smallApplication && remove.length / total > largestShare) return 'that is more than half of them';
  return null;
}
