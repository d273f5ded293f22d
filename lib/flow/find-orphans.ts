/** Finds what stands beside the Applications in a namespace and belongs to none of them (`orphanedResources` of their project). */
import { faultsOf } from '../core/fault/collect-faults.ts';
import type { Rules } from '../core/fleet/rules.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { keyOf, type ObjectKey } from '../core/object/object-key.ts';
import { inheritedProject } from '../core/project/inherited-project.ts';
import { isOrphan, type Orphanage } from '../core/project/is-orphan.ts';
import type { Entry } from '../ports/applications.ts';
import type { ServedKind } from '../ports/cluster.ts';
import type { Ports } from '../ports/ports.ts';
import { settleInParallel } from './in-parallel.ts';
import { listableKinds } from './listable-kinds.ts';
import { recordedIn } from './recorded-in.ts';
import { loadRecord } from './stored-json.ts';

export type Orphans = {
  project: string;
  cluster: string;
  namespace: string;
  objects: ObjectKey[];
};

/** By project and namespace, of all the projects that ask for it; `only`: of these. */
export async function findOrphans(only: readonly string[], ports: Ports): Promise<Orphans[]> {
  const rules = await ports.fleetRules.get();
  const places = new Map<string, Entry>();
  for (const entry of await ports.applications.list()) {
    const { project, destination } = entry.application;
    if (only.length > 0 && !only.includes(project)) continue;
    places.set(JSON.stringify([project, entry.cluster, destination.namespace]), entry);
  }
  const found: Orphans[] = [];
  for (const entry of places.values()) {
    const orphans = await orphansBeside(entry, rules, ports);
    if (orphans !== null) found.push(orphans);
  }
  return found;
}

/** null: its project does not ask for it, or it has no namespace of its own. */
export async function orphansBeside(
  { application, cluster }: Pick<Entry, 'application' | 'cluster'>,
  rules: Rules,
  ports: Ports,
): Promise<Orphans | null> {
  const { namespace } = application.destination;
  const project = inheritedProject(application.project, rules);
  if (project === null || project.orphanedResources === null || namespace === '') return null;
  const { ignore } = project.orphanedResources;
  const { customizations } = rules;
  const orphanage = { project, ignore, cluster, customizations, owned: await ownedIn(cluster, ports) };
  const { kinds } = await ports.cluster(cluster).facts();
  const namespaced = listableKinds(kinds, () => true).filter((kind) => kind.namespaced);
  const results = await settleInParallel(namespaced, (kind) => listOrphans(kind, namespace, orphanage, ports), 8);
  // Where Trueup may not look it has deployed nothing either.
  for (const fault of faultsOf(results)) ports.log.warn('cluster.kind_not_listed', { cluster, ...fault.report() });
  const live = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  // Some objects are served in two groups.
  const once = new Map(live.map((object) => [object.metadata.uid, keyOf(object)]));
  return { project: project.name, cluster, namespace, objects: [...once.values()] };
}

async function listOrphans(
  kind: ServedKind,
  namespace: string,
  orphanage: Orphanage,
  ports: Ports,
): Promise<KubernetesObject[]> {
  const found: KubernetesObject[] = [];
  const { items } = await ports.cluster(orphanage.cluster).list(kind, { namespace, metadataOnly: true });
  for await (const object of items) if (isOrphan(object, orphanage)) found.push(object);
  return found;
}

async function ownedIn(cluster: string, ports: Ports): Promise<Set<string>> {
  const entries = recordedIn(cluster, await ports.applications.list());
  const records = await Promise.all(entries.map(({ state }) => loadRecord(state.record, ports)));
  return new Set(records.flatMap(({ objects }) => Object.keys(objects)));
}
