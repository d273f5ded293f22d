/** Applies one object: takes over first what others left on it, then one server-side apply. */

import { defaultHandTools } from '../core/drift/hand-tools.ts';
import { driftRules } from '../core/drift/ignored-paths.ts';
import { takeOverFields } from '../core/drift/take-over-fields.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { Desired } from '../core/plan/desired.ts';
import type { Applying } from '../core/plan/plan.ts';
import type { RecordedObject } from '../core/record/record.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { refOf } from './ref-of.ts';

export type ChangeToApply = { change: Applying; wanted: Desired; recorded: RecordedObject | null; entry: Entry };

/** A controller that writes status at the same moment makes the ownership stale: read again, a few times. */
const attempts = 5;

/** Fault apply.stale when the object is another one than the plan saw; the sync plans again. */
export async function applyChange(item: ChangeToApply, ports: Ports): Promise<KubernetesObject> {
  const { change, wanted, entry } = item;
  const cluster = ports.cluster(entry.cluster);
  if (change.uid === null) return cluster.apply(wanted.object, { dryRun: false });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await takeOver(item, ports);
      break;
    } catch (error) {
      if (attempt === attempts || !(error instanceof Fault) || error.code !== 'apply.stale') throw error;
    }
  }
  const metadata = { ...wanted.object.metadata, uid: change.uid };
  return cluster.apply({ ...wanted.object, metadata }, { dryRun: false });
}

async function takeOver({ wanted, recorded, entry }: ChangeToApply, ports: Ports): Promise<void> {
  const cluster = ports.cluster(entry.cluster);
  const live = await cluster.read(refOf(wanted));
  const resourceVersion = live?.metadata.resourceVersion;
  if (live === null || resourceVersion === undefined) return;
  const rules = driftRules(entry.application, wanted.key, defaultHandTools);
  const managedFields = takeOverFields(live, recorded?.applied?.fieldsV1 ?? null, rules, wanted.object.apiVersion);
  if (managedFields !== null) await cluster.own(refOf(wanted), { managedFields, resourceVersion });
}
