/** As much of an API server as these tests need: objects that are nothing but `data`, with owners, uids and versions. */
import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { FieldsV1, KubernetesObject, ManagedFieldsEntry } from '../../lib/core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../../lib/core/object/object-key.ts';
import type { ObjectRef, ServedKind } from '../../lib/ports/cluster.ts';
import type { Ports } from '../../lib/ports/ports.ts';

export type MemoryCluster = ReturnType<Ports['cluster']> & {
  /** Formatted keys whose writes are rejected, though a rehearsal goes through. */
  rejects: Set<string>;
  /** Formatted keys whose `data` cannot be changed once they are there. */
  fixed: Set<string>;
  /** Formatted keys that something holds back while they are being deleted. */
  held: Set<string>;
  /** Each write, in order: `apply ConfigMap shop/a`. */
  written: string[];
  /** Sets `data.k` by hand. */
  edit(name: string, value: string): void;
  /** Deletes by hand. */
  drop(name: string): void;
  /** Sets `status`, as a controller does. */
  report(name: string, status: Record<string, unknown>): void;
  /** `data.k` of all there is. */
  values(): Record<string, unknown>;
};

const kinds: ServedKind[] = [
  { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true, verbs: ['get', 'list', 'watch'] },
  { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true, verbs: ['get', 'list', 'watch'] },
  // Not bound, so not healthy, before the test reports it.
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
    namespaced: true,
    verbs: ['get', 'list', 'watch'],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    plural: 'roles',
    namespaced: true,
    verbs: ['get', 'list', 'watch'],
  },
];

export function memoryCluster(now: () => number): MemoryCluster {
  const objects = new Map<string, KubernetesObject>();
  const nameOf = ({ apiVersion, kind, namespace, name }: ObjectRef) =>
    formatKey(keyOf({ apiVersion, kind, metadata: { name, namespace } }));
  let version = 0;

  function stored(name: string): KubernetesObject {
    const object = objects.get(name);
    if (object === undefined) throw new Error(`there is no ${name}`);
    return object;
  }

  function put(name: string, object: KubernetesObject): KubernetesObject {
    version += 1;
    const { uid = `uid-${version}` } = object.metadata;
    const whole = { ...object, metadata: { ...object.metadata, uid, resourceVersion: String(version) } };
    objects.set(name, structuredClone(whole));
    return whole;
  }

  return {
    name: 'prod',
    rejects: new Set(),
    fixed: new Set(),
    held: new Set(),
    written: [],
    facts: async () => ({ kubeVersion: 'v1.36.3', apiVersions: ['v1'], kinds }),
    read: async (ref) => structuredClone(objects.get(nameOf(ref)) ?? null),
    list: async ({ kind }, { labelSelector = '' }) => {
      const items = [...objects.values()]
        .filter((object) => object.kind === kind && isSelected(object, labelSelector))
        .map((item) => structuredClone(item));
      return {
        position: String(version),
        items: (async function* () {
          yield* items;
        })(),
      };
    },
    async *changes({ kind }, { from }) {
      for (const object of objects.values()) {
        const position = object.metadata.resourceVersion ?? '';
        if (object.kind === kind && Number(position) > Number(from))
          yield { type: 'MODIFIED', object: structuredClone(object), position };
      }
    },
    podLog: async () => '',
    as() {
      return this;
    },
    async apply(object, { dryRun, absent, guard }) {
      guard?.();
      const name = formatKey(keyOf(object));
      if (!dryRun) this.written.push(`apply ${name}`);
      if (!dryRun && this.rejects.has(name)) throw new Fault('apply.rejected', { object: name, because: 'a rule' });
      const live = objects.get(name);
      const { uid: _, resourceVersion: __, ...metadata } = object.metadata;
      requireState(object, live, absent);
      if (live !== undefined && this.fixed.has(name) && !isDeepStrictEqual(dataOf(object), dataOf(live)))
        throw new Fault('apply.immutable_field', { object: name, fields: ['data'], because: 'field is immutable' });
      const applied = { ...object, metadata: { ...live?.metadata, ...metadata, managedFields: owners(object, live) } };
      const whole = { ...applied, data: { ...withoutOurs(live), ...dataOf(object) } };
      const isSame = live !== undefined && isDeepStrictEqual(whole, live);
      return isSame || dryRun ? structuredClone(whole) : put(name, whole);
    },
    async replace(object, { live, ...options }) {
      const { uid = '', resourceVersion = '' } = live.metadata;
      return this.apply({ ...object, metadata: { ...object.metadata, uid, resourceVersion } }, options);
    },
    async rehearseCreate(object) {
      const name = formatKey(keyOf(object));
      if (this.rejects.has(name)) throw new Fault('apply.rejected', { object: name, because: 'a rule' });
    },
    async own(ref, { managedFields, resourceVersion, guard }) {
      guard?.();
      const live = stored(nameOf(ref));
      if (live.metadata.resourceVersion !== resourceVersion) throw new Fault('apply.stale', { object: nameOf(ref) });
      return put(nameOf(ref), { ...live, metadata: { ...live.metadata, managedFields } });
    },
    async remove(ref, { uid, resourceVersion, dryRun, guard }) {
      guard?.();
      const { metadata } = objects.get(nameOf(ref)) ?? {};
      if (metadata === undefined) return 'absent';
      if (metadata.uid !== uid || metadata.resourceVersion !== (resourceVersion ?? metadata.resourceVersion))
        throw new Fault('apply.stale', { object: nameOf(ref) });
      if (dryRun) return 'removed';
      this.written.push(`remove ${nameOf(ref)}`);
      if (this.rejects.has(nameOf(ref))) throw new Fault('apply.rejected', { object: nameOf(ref), because: 'a rule' });
      if (this.held.has(nameOf(ref))) {
        const held = { deletionTimestamp: new Date(now()).toISOString(), finalizers: ['example.com/held'] };
        put(nameOf(ref), { ...stored(nameOf(ref)), metadata: { ...stored(nameOf(ref)).metadata, ...held } });
        return 'removed';
      }
      return objects.delete(nameOf(ref)) ? 'removed' : 'absent';
    },
    edit(name, value) {
      const live = stored(name);
      const fieldsV1 = { 'f:data': { 'f:k': {} } };
      const hand: ManagedFieldsEntry = {
        manager: 'kubectl-edit',
        operation: 'Update',
        time: new Date(now()).toISOString(),
        fieldsV1,
      };
      const managedFields = [...(live.metadata.managedFields ?? []).filter(isOurs), hand];
      put(name, { ...live, metadata: { ...live.metadata, managedFields }, data: { ...dataOf(live), k: value } });
    },
    drop(name) {
      objects.delete(name);
    },
    report(name, status) {
      put(name, { ...stored(name), status });
    },
    values: () => Object.fromEntries([...objects].toSorted().map(([name, object]) => [name, dataOf(object).k])),
  };
}

/** uid and resourceVersion of what is applied are preconditions. */
function requireState({ kind, metadata }: KubernetesObject, live: KubernetesObject | undefined, absent = false): void {
  const { uid, resourceVersion } = metadata;
  const isOther = uid !== undefined && live?.metadata.uid !== uid;
  const isOlder =
    resourceVersion !== undefined && live !== undefined && live.metadata.resourceVersion !== resourceVersion;
  if (isOther || isOlder || (absent && live !== undefined))
    throw new Fault('apply.stale', { object: `${kind} ${metadata.name}` });
}

function isSelected({ metadata: { labels = {} } }: KubernetesObject, selector: string): boolean {
  const wanted = selector.split(',').filter((part) => part !== '');
  return wanted.every((part) => {
    const [name = '', value] = part.split('=');
    return value === undefined ? name in labels : labels[name] === value;
  });
}

function isOurs({ manager }: ManagedFieldsEntry): boolean {
  return manager === 'trueup';
}

/** What is applied is forced: nobody else owns it any more. */
function owners(object: KubernetesObject, live: KubernetesObject | undefined): ManagedFieldsEntry[] {
  const names = Object.keys(dataOf(object));
  const fieldsV1: FieldsV1 = { 'f:data': Object.fromEntries(names.map((name) => [`f:${name}`, {}])) };
  const others = (live?.metadata.managedFields ?? []).filter((entry) => !isOurs(entry) && names.length === 0);
  return [...others, { manager: 'trueup', operation: 'Apply', fieldsV1 }];
}

function withoutOurs(live: KubernetesObject | undefined): Record<string, unknown> {
  const ours = live?.metadata.managedFields?.find(isOurs)?.fieldsV1?.['f:data'] ?? {};
  return Object.fromEntries(Object.entries(dataOf(live)).filter(([name]) => !(`f:${name}` in ours)));
}

function dataOf(object: KubernetesObject | undefined): Record<string, unknown> {
  return { ...(object?.data as Record<string, unknown> | undefined) };
}
