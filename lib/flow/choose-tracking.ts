/** Chooses which objects are known by the record alone: what asks for it, what is already, and custom resources that are adopted. */
import { isCustomGroup } from '../core/object/is-custom-group.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';
import { trackedBy } from '../core/plan/mark.ts';
import { isUnmarked, unmarked } from '../core/plan/unmark.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import type { Ports } from '../ports/ports.ts';
import { inParallel } from './in-parallel.ts';
import { refOf } from './ref-of.ts';

type Place = { record: ApplicationRecord; cluster: string };

/**
 * Some operators copy the labels of a custom resource to the pods they make, and a label that is new there makes them anew. How
 * an object was tracked once it stays tracked, unless `trueup.dev/tracking` says otherwise.
 */
export function chooseTracking(desired: readonly Desired[], place: Place, ports: Ports): Promise<Desired[]> {
  return inParallel(desired, async (item) =>
    (await isByInventory(item, place, ports)) ? unmarked(item, ports.installationKey) : item,
  );
}

async function isByInventory(item: Desired, { record, cluster }: Place, ports: Ports): Promise<boolean> {
  if (item.tracking !== null) return item.tracking === 'inventory';
  const recorded = record.objects[formatKey(item.key)];
  if (recorded !== undefined && isUnmarked(recorded)) return true;
  if (recorded?.applied != null || !item.served || !isCustomGroup(item.key.group)) return false;
  const live = await ports.cluster(cluster).read(refOf(item));
  return live !== null && trackedBy(live) === null;
}
