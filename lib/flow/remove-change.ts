/** Deletes one object that Git no longer has: as it was just read, and not when another Application has taken it meanwhile. */
import { Fault } from '../core/fault/fault.ts';
import { formatKey } from '../core/object/object-key.ts';
import { trackedBy } from '../core/plan/mark.ts';
import type { PlannedChange } from '../core/plan/plan.ts';
import type { Entry } from '../ports/applications.ts';
import type { RemoveOptions } from '../ports/cluster-remover.ts';
import type { Ports } from '../ports/ports.ts';
import { refOf } from './ref-of.ts';
import { whileStale } from './while-stale.ts';

export type ChangeToRemove = {
  change: Pick<PlannedChange, 'key' | 'apiVersion'> & { uid: string };
  propagation: RemoveOptions['propagation'];
  entry: Entry;
  /** Whether it may go as it is now; `owner`: the Application it says it belongs to. */
  isMeant(owner: string | null): boolean;
};

/** Fault apply.stale when it is another object than the plan saw; the sync plans again. */
export function removeChange({ change, propagation, entry, isMeant }: ChangeToRemove, ports: Ports): Promise<void> {
  const cluster = ports.cluster(entry.cluster);
  return whileStale(async () => {
    const live = await cluster.read(refOf(change));
    if (live === null) return;
    const { uid, resourceVersion = '', deletionTimestamp } = live.metadata;
    if (uid !== change.uid || !isMeant(trackedBy(live)))
      throw new Fault('apply.stale', { object: formatKey(change.key) });
    if (deletionTimestamp === undefined) await cluster.remove(refOf(change), { uid, resourceVersion, propagation });
  });
}
