/** Applies one object: takes over first what others left on it, then one server-side apply. */

import { defaultHandTools } from '../core/drift/hand-tools.ts';
import { driftRules } from '../core/drift/ignored-paths.ts';
import { takeOverFields } from '../core/drift/take-over-fields.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { Desired } from '../core/plan/desired.ts';
import type { Applying } from '../core/plan/plan.ts';
import type { RecordedObject } from '../core/record/record.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { refOf } from './ref-of.ts';

export type ChangeToApply = { change: Applying; wanted: Desired; recorded: RecordedObject | null; entry: Entry };

/** Fault apply.stale when the object is another one than the plan saw; the sync plans again. */
export async function applyChange(
  { change, wanted, recorded, entry }: ChangeToApply,
  ports: Ports,
): Promise<KubernetesObject> {
  const cluster = ports.cluster(entry.cluster);
  if (change.uid === null) return cluster.apply(wanted.object, { dryRun: false });
  const live = await cluster.read(refOf(wanted));
  if (live !== null) {
    const rules = driftRules(entry.application, wanted.key, defaultHandTools);
    const managedFields = takeOverFields(live, recorded?.applied?.fieldsV1 ?? null, rules, wanted.object.apiVersion);
    const resourceVersion = live.metadata.resourceVersion;
    if (managedFields !== null && resourceVersion !== undefined)
      await cluster.own(refOf(wanted), { managedFields, resourceVersion });
  }
  const metadata = { ...wanted.object.metadata, uid: change.uid };
  return cluster.apply({ ...wanted.object, metadata }, { dryRun: false });
}
