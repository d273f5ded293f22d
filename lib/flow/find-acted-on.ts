/** Finds the live object that an action is meant for: one that the Application deployed, or one that such an object owns. */
import type { Application } from '../core/application/application.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, groupOf, keyOf } from '../core/object/object-key.ts';
import { trackedBy } from '../core/plan/mark.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import type { Entry } from '../ports/applications.ts';
import type { Cluster } from '../ports/cluster.ts';
import { refOf } from './ref-of.ts';

/** The kind in any case. Left out: any group, any namespace of the Application. */
export type ObjectName = { kind: string; name: string; group?: string; namespace?: string };

/** `recorded`: null where it is only owned by what was deployed. */
export type ActedOn = { live: KubernetesObject; recorded: RecordedObject | null };

/** Faults action.no_such_object, action.ambiguous_object. */
export async function findActedOn(
  wanted: ObjectName,
  { application }: Pick<Entry, 'application'>,
  record: ApplicationRecord,
  cluster: Cluster,
): Promise<ActedOn> {
  const objects = Object.values(record.objects);
  const matching = objects.filter(({ key }) => isMeant(key, wanted));
  const found =
    matching.length > 0 ? await present(matching, cluster) : await findOwned(wanted, { application, objects, cluster });
  const [only, ...more] = found;
  const facts = { application: application.name, cluster: cluster.name, object: `${wanted.kind} ${wanted.name}` };
  if (only === undefined) throw new Fault('action.no_such_object', facts);
  if (more.length > 0)
    throw new Fault('action.ambiguous_object', { ...facts, found: found.map(({ live }) => formatKey(keyOf(live))) });
  return only;
}

function isMeant(
  key: { group: string; kind: string; namespace: string; name?: string },
  { group, kind, namespace, name }: ObjectName,
): boolean {
  return (
    key.kind.toLowerCase() === kind.toLowerCase() &&
    (key.name === undefined || key.name === name) &&
    (group === undefined || group === key.group) &&
    (namespace === undefined || namespace === key.namespace)
  );
}

/** A namesake that somebody made in place of ours is not ours. */
async function present(matching: readonly RecordedObject[], cluster: Cluster): Promise<ActedOn[]> {
  const read = await Promise.all(matching.map((recorded) => cluster.read(refOf(recorded))));
  return matching.flatMap((recorded, index) => {
    const live = read[index] ?? null;
    return live !== null && live.metadata.uid === recorded.applied?.uid ? [{ live, recorded }] : [];
  });
}

type Searched = { application: Application; objects: readonly RecordedObject[]; cluster: Cluster };

async function findOwned(wanted: ObjectName, { application, objects, cluster }: Searched): Promise<ActedOn[]> {
  const { kinds } = await cluster.facts();
  const namespaces = [...new Set([application.destination.namespace, ...objects.map(({ key }) => key.namespace)])];
  const uids = new Set(objects.flatMap(({ applied }) => (applied === null ? [] : [applied.uid])));
  const places = kinds.flatMap(({ apiVersion, kind, namespaced }) =>
    (namespaced ? namespaces.filter((namespace) => namespace !== '') : [''])
      .filter((namespace) => isMeant({ group: groupOf(apiVersion), kind, namespace }, wanted))
      .map((namespace) => ({ apiVersion, kind, namespace, name: wanted.name })),
  );
  const read = await Promise.all(places.map((place) => cluster.read(place)));
  const found = new Map<string, KubernetesObject>();
  for (const live of read) {
    // A kind is served in several versions.
    if (live !== null && (await belongsTo(uids, live, application, cluster))) found.set(formatKey(keyOf(live)), live);
  }
  return [...found.values()].map((live) => ({ live, recorded: null }));
}

/** Longer chains nobody builds; a circle has no end. */
const longestChain = 5;

/** What another Application deployed is its own, whoever owns it besides. */
async function belongsTo(
  uids: ReadonlySet<string>,
  object: KubernetesObject,
  application: Application,
  cluster: Cluster,
  depth = 0,
): Promise<boolean> {
  const by = trackedBy(object);
  if (depth > longestChain || (by !== null && by !== application.name)) return false;
  for (const { apiVersion, kind, name, uid } of object.metadata.ownerReferences ?? []) {
    if (uids.has(uid)) return true;
    const owner = await cluster.read({ apiVersion, kind, namespace: object.metadata.namespace ?? '', name });
    if (owner?.metadata.uid === uid && (await belongsTo(uids, owner, application, cluster, depth + 1))) return true;
  }
  return false;
}
