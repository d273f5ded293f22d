/** The live objects of one Application, as their own marks tell, whatever the record knows. Lists, and changes nothing. */
import { collectFaults, faultsOf } from '../core/fault/collect-faults.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { keyOf } from '../core/object/object-key.ts';
import { applicationLabel, fieldManager, installationLabel } from '../core/object/tracking.ts';
import { applicationLabelValue, trackedBy } from '../core/plan/mark.ts';
import type { Entry } from '../ports/applications.ts';
import type { ServedKind } from '../ports/cluster.ts';
import type { Ports } from '../ports/ports.ts';
import { settleInParallel } from './in-parallel.ts';
import { type KindFilter, listableKinds } from './listable-kinds.ts';
import { refOf } from './ref-of.ts';

/** Each in the version it was applied in. A kind that cannot be listed is left out and logged; when none can, that is the fault. */
export async function findOwnedObjects(
  { application, cluster }: Entry,
  ports: Ports,
  isWanted: KindFilter | null = null,
): Promise<KubernetesObject[]> {
  // Where every kind counts, none may have come since we asked.
  const facts = await ports.cluster(cluster).facts({ fresh: isWanted === null });
  const kinds = listableKinds(facts.kinds, isWanted ?? (() => true));
  const results = await settleInParallel(kinds, (kind) => listOwned(kind, { application, cluster }, ports), 8);
  const faults = faultsOf(results);
  if (faults.length > 0 && faults.length === kinds.length) throw collectFaults(faults);
  for (const fault of faults) ports.log.warn('cluster.kind_not_listed', { cluster, ...fault.report() });
  const found = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  // Some objects are served in two groups.
  return [...new Map(found.map((object) => [object.metadata.uid, object])).values()];
}

type Place = Pick<Entry, 'application' | 'cluster'>;

async function listOwned(kind: ServedKind, place: Place, ports: Ports): Promise<KubernetesObject[]> {
  const found: KubernetesObject[] = [];
  for await (const object of (await listWherePermitted(kind, place, ports)).items) {
    if (trackedBy(object) === place.application.name) found.push(await inItsVersion(object, place, ports));
  }
  return found;
}

/** Who may not list the whole cluster may still list the namespace that the Application deploys to. */
async function listWherePermitted(kind: ServedKind, { application, cluster }: Place, ports: Ports) {
  const { namespace } = application.destination;
  const labelSelector = `${applicationLabel}=${applicationLabelValue(application.name)},${installationLabel}=${ports.installation}`;
  try {
    return await ports.cluster(cluster).list(kind, { labelSelector });
  } catch (error) {
    const isForbidden = error instanceof Fault && error.code === 'cluster.forbidden';
    if (!isForbidden || !kind.namespaced || namespace === '') throw error;
    return ports.cluster(cluster).list(kind, { labelSelector, namespace });
  }
}

async function inItsVersion(object: KubernetesObject, { cluster }: Place, ports: Ports): Promise<KubernetesObject> {
  const ours = object.metadata.managedFields?.find(
    ({ manager, operation }) => manager === fieldManager && operation === 'Apply',
  );
  if (ours?.apiVersion === undefined || ours.apiVersion === object.apiVersion) return object;
  // null where that version is no longer served.
  return (await ports.cluster(cluster).read(refOf({ key: keyOf(object), apiVersion: ours.apiVersion }))) ?? object;
}
