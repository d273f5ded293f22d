/** An API server in memory: it passes the suite of the real one, and lets a test be the person, the controller and the rule beside us. */
import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../../lib/core/object/object-key.ts';
import type { ObjectRef } from '../../lib/ports/cluster.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { judgeWrite, kindOf, servedKinds } from '../doubles/cluster/judge-write.ts';
import { mergePatched, partOf } from '../doubles/cluster/merge-patched.ts';
import { isSelected, watchLog } from '../doubles/cluster/watch-log.ts';
import { applyAs, updateAs } from '../doubles/cluster/write-as.ts';

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

const ours = { manager: 'trueup', operation: 'Apply' as const };
const actor = { manager: 'trueup-action', operation: 'Update' as const };

/** `waits`: watches stay open as long as they are asked to, in real time. `namespaces`: those that exist; left out, every one. */
export function memoryCluster(
  now: () => number,
  { waits = false, namespaces }: { waits?: boolean; namespaces?: ReadonlySet<string> } = {},
): MemoryCluster {
  const objects = new Map<string, KubernetesObject>();
  const log = watchLog();
  let version = 1_000;

  function stored(name: string): KubernetesObject {
    const object = objects.get(name);
    if (object === undefined) throw new Error(`there is no ${name}`);
    return object;
  }

  /** What is as it was makes no new version. */
  function put(name: string, object: KubernetesObject): KubernetesObject {
    const before = objects.get(name) ?? null;
    if (before !== null && isDeepStrictEqual(before, object)) return structuredClone(before);
    version += 1;
    const { uid = `uid-${version}` } = before?.metadata ?? {};
    const after = { ...object, metadata: { ...object.metadata, uid, resourceVersion: String(version) } };
    objects.set(name, structuredClone(after));
    log.note({ version, before, after });
    if (after.metadata.deletionTimestamp !== undefined && (after.metadata.finalizers ?? []).length === 0) erase(name);
    return after;
  }

  function erase(name: string): void {
    const before = objects.get(name);
    version += 1;
    if (objects.delete(name) && before !== undefined) log.note({ version, before, after: null });
  }

  return {
    name: 'prod',
    rejects: new Set(),
    fixed: new Set(),
    held: new Set(),
    written: [],
    facts: async () => ({ kubeVersion: 'v1.36.3', apiVersions, kinds: servedKinds }),
    read: async (ref) => structuredClone(objects.get(nameOf(ref)) ?? null),
    async list({ kind }, selection) {
      const items = [...objects.values()].filter((object) => object.kind === kind && isSelected(object, selection));
      return { position: String(version), items: each(structuredClone(items)) };
    },
    changes: ({ kind }, watch) => log.read(kind, watch, { version, waits }),
    podLog: async () => '',
    as() {
      return this;
    },
    async apply(given, { dryRun, absent, guard, validate = true }) {
      guard?.();
      const object = scoped(given);
      const name = formatKey(keyOf(object));
      if (!dryRun) this.written.push(`apply ${name}`);
      if (!dryRun && this.rejects.has(name)) throw new Fault('apply.rejected', { object: name, because: 'a rule' });
      const live = objects.get(name);
      requireState(object, live, absent);
      judgeWrite(object, { live, namespaces, isFixed: this.fixed.has(name), validate });
      const whole = unseen(applyAs(ours, object, live), live);
      return dryRun ? structuredClone(whole) : put(name, whole);
    },
    async replace(given, { live, dryRun, guard, validate = true }) {
      guard?.();
      const object = scoped(given);
      const name = formatKey(keyOf(object));
      const { uid = '', resourceVersion = '', finalizers, ownerReferences } = live.metadata;
      const now = objects.get(name);
      requireState({ ...object, metadata: { ...object.metadata, uid, resourceVersion } }, now);
      judgeWrite(object, { live: now, namespaces, isFixed: this.fixed.has(name), validate });
      const alone = applyAs(ours, object, undefined);
      const kept = { ...(finalizers && { finalizers }), ...(ownerReferences && { ownerReferences }) };
      const whole = { ...alone, metadata: { ...alone.metadata, ...kept, uid, resourceVersion } };
      if (dryRun) return structuredClone(whole);
      this.written.push(`apply ${name}`);
      if (this.rejects.has(name)) throw new Fault('apply.rejected', { object: name, because: 'a rule' });
      return put(name, whole);
    },
    async rehearseCreate(given, { validate = true }) {
      const object = scoped(given);
      const name = formatKey(keyOf(object));
      if (this.rejects.has(name)) throw new Fault('apply.rejected', { object: name, because: 'a rule' });
      judgeWrite(object, { live: undefined, namespaces, isFixed: false, validate });
    },
    async own(ref, { managedFields, resourceVersion, guard }) {
      guard?.();
      const live = stored(nameOf(ref));
      if (live.metadata.resourceVersion !== resourceVersion) throw new Fault('apply.stale', { object: nameOf(ref) });
      return put(nameOf(ref), { ...live, metadata: { ...live.metadata, managedFields } });
    },
    async patch(ref, { patch, resourceVersion, part, dryRun, guard }) {
      guard?.();
      const name = nameOf(ref);
      const live = stored(name);
      if (live.metadata.resourceVersion !== resourceVersion) throw new Fault('apply.stale', { object: name });
      if (!dryRun) this.written.push(`patch ${name}`);
      if (!dryRun && this.rejects.has(name)) throw new Fault('apply.rejected', { object: name, because: 'a rule' });
      const whole = updateAs(actor, mergePatched(live, partOf(patch, part, live)), live);
      return dryRun ? structuredClone(whole) : put(name, whole);
    },
    async create(given, { dryRun, guard }) {
      guard?.();
      const object = scoped(given);
      const name = formatKey(keyOf(object));
      if (objects.has(name)) throw new Fault('apply.stale', { object: name });
      judgeWrite(object, { live: undefined, namespaces, isFixed: false, validate: true });
      const whole = updateAs(actor, object, { apiVersion: '', kind: '', metadata: { name: '' } });
      if (dryRun) return structuredClone(whole);
      this.written.push(`create ${name}`);
      return put(name, whole);
    },
    async remove(ref, { uid, resourceVersion, dryRun, guard }) {
      guard?.();
      const name = nameOf(ref);
      const live = objects.get(name);
      if (live === undefined) return 'absent';
      const { metadata } = live;
      if (metadata.uid !== uid || metadata.resourceVersion !== (resourceVersion ?? metadata.resourceVersion))
        throw new Fault('apply.stale', { object: name });
      if (dryRun) return 'removed';
      this.written.push(`remove ${name}`);
      if (this.rejects.has(name)) throw new Fault('apply.rejected', { object: name, because: 'a rule' });
      const deletionTimestamp = metadata.deletionTimestamp ?? new Date(now()).toISOString();
      const finalizers = this.held.has(name) ? ['example.com/held'] : metadata.finalizers;
      if (finalizers === undefined) erase(name);
      else put(name, { ...live, metadata: { ...metadata, deletionTimestamp, finalizers } });
      return 'removed';
    },
    edit(name, value) {
      const live = stored(name);
      const hand = { manager: 'kubectl-edit', operation: 'Update' as const, time: new Date(now()).toISOString() };
      put(name, updateAs(hand, { ...live, data: { ...(live.data as object), k: value } }, live));
    },
    drop: erase,
    report(name, status) {
      put(name, { ...stored(name), status });
    },
    values: () => Object.fromEntries([...objects].toSorted().map(([name, { data }]) => [name, (data as Data).k])),
  };
}

type Data = { k?: unknown };

const apiVersions = [...new Set(servedKinds.flatMap(({ apiVersion, kind }) => [apiVersion, `${apiVersion}/${kind}`]))];

async function* each(items: readonly KubernetesObject[]): AsyncGenerator<KubernetesObject> {
  yield* items;
}

function nameOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return formatKey(keyOf(scoped({ apiVersion, kind, metadata: { name, namespace } })));
}

function scoped(object: KubernetesObject): KubernetesObject {
  if (kindOf(object)?.namespaced !== false) return object;
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** No controller has seen what was just changed, until a test reports its status. */
function unseen(object: KubernetesObject, before: KubernetesObject | undefined): KubernetesObject {
  const { status: _, ...rest } = object;
  return isDeepStrictEqual(object.data, before?.data) ? object : rest;
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
