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
  /** Those of them that ask for a person's word first (Prune=confirm, Delete=confirm). */
  asksFirst: readonly ObjectKey[];
  confirmed: boolean;
  /** The Application is removed: that all of it goes is what was asked for. */
  removal: boolean;
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
export function guardPrune(guard: PruneGuard): void {
  const { application, remove, total, confirmed } = guard;
  if (confirmed || remove.length === 0) return;
  const because = whyRefuse(guard);
  if (because === null) return;
  throw new Fault('sync.prune_guard', { application, count: remove.length, total, because });
}

function whyRefuse({ remove, asksFirst, recovered, total, removal, allowEmpty }: PruneGuard): string | null {
  const [asking] = asksFirst;
  if (asking !== undefined)
    return `${asking.kind} ${asking.name} asks for a word first (${removal ? 'Delete' : 'Prune'}=confirm)`;
  if (removal) return null;
  const [found] = recovered;
  if (found !== undefined) return `${found.kind} ${found.name} is known only since the state was lost and made anew`;
  const kept = remove.find(({ kind }) => protectedKinds.has(kind));
  if (kept !== undefined) return `${kept.kind} ${kept.name} may hold what cannot be made again`;
  if (remove.length >= total) return allowEmpty ? null : 'that is everything it has';
  if (total >= smallApplication && remove.length / total > largestShare) return 'that is more than half of them';
  return null;
}
