/** The managedFields with which an object ought to be ours before it is applied. */
import { takeOverFields } from '../core/drift/take-over-fields.ts';
import { migratedManagers } from '../core/drift/writers.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject, ManagedFieldsEntry } from '../core/object/kubernetes-object.ts';
import { adoptFields } from '../core/ownership/adopt-fields.ts';
import { afterAdoption } from '../core/ownership/after-adoption.ts';
import type { RecordedObject } from '../core/record/record.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import type { PartToApply } from './part-to-apply.ts';

type ToOwn = {
  live: KubernetesObject;
  part: PartToApply;
  recorded: RecordedObject | null;
  application: Entry['application'];
};

/** null: nothing is to be rewritten. What we never applied is adopted, with all that other tools own of it. */
export function fieldsToOwn({ live, part, recorded, application }: ToOwn): ManagedFieldsEntry[] | null {
  const { object, rules, isGivenUp } = part;
  const { apiVersion } = object;
  const applied = recorded?.applied ?? null;
  return applied === null
    ? adoptFields(live, rules, { apiVersion, isGivenUp, alsoFrom: migratedManagers(application) })
    : takeOverFields(live, applied.fieldsV1, rules, { apiVersion, isGivenUp });
}

/** What adopting makes of an object: `becomes` is a dry run of the apply alone, in which stays what others own. Changes nothing. */
export async function rehearseAdoption(
  { becomes, ...toOwn }: ToOwn & { becomes: KubernetesObject },
  cluster: ReturnType<Ports['cluster']>,
): Promise<KubernetesObject> {
  const adopted = fieldsToOwn(toOwn);
  const left = adopted === null ? null : afterAdoption(becomes, adopted);
  if (left === null) return becomes;
  try {
    // What goes may have a default, and may be required.
    return await cluster.replace(left, { dryRun: true, live: toOwn.live });
  } catch (error) {
    // Who may patch need not be allowed to update; the apply itself only patches.
    if (error instanceof Fault && error.code === 'cluster.forbidden') return left;
    throw error;
  }
}
