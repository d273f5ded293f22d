/** What every cluster promises to those who read, change and remove objects in it. */
import { deepEqual, doesNotReject, equal, match, notEqual, ok, rejects } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { FaultCode } from '../../lib/core/fault/catalogue.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import type { Change, Cluster, ObjectRef, ServedKind } from '../../lib/ports/cluster.ts';
import type { ClusterPatcher } from '../../lib/ports/cluster-patcher.ts';
import type { ClusterRemover } from '../../lib/ports/cluster-remover.ts';
import type { ClusterWriter } from '../../lib/ports/cluster-writer.ts';

/** `namespace` exists and belongs to the test alone. */
export type ClusterUnderTest = {
  cluster: Cluster & ClusterWriter & ClusterRemover & ClusterPatcher;
  namespace: string;
};

const noUid = '00000000-0000-0000-0000-000000000000';
const label = 'trueup.dev/application';

function faultOf(code: FaultCode, fields?: string[]) {
  return (error: unknown) => {
    ok(error instanceof Fault, String(error));
    equal(error.code, code, error.message);
    if (fields !== undefined) deepEqual(error.facts.fields, fields);
    return true;
  };
}

export function clusterContract(adapter: string, open: (t: TestContext) => Promise<ClusterUnderTest>): void {
  async function opened(t: TestContext) {
    const { cluster, namespace } = await open(t);
    const configMap = (name: string, fields: Record<string, unknown> = {}, labels = { [label]: namespace }) => {
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels }, ...fields };
    };
    const refOf = ({ apiVersion, kind, metadata }: KubernetesObject): ObjectRef => {
      return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
    };
    const apply = (object: KubernetesObject) => cluster.apply(object, { dryRun: false });
    const uidOf = ({ metadata }: KubernetesObject) => metadata.uid ?? '';
    const remove = (object: KubernetesObject) =>
      cluster.remove(refOf(object), { uid: uidOf(object), propagation: 'Background' });
    const configMaps = await servedKind(cluster, 'v1', 'ConfigMap');
    const position = async () => (await cluster.list(configMaps, { namespace })).position;
    const since = async (from: string, more: { quietMs?: number; forSeconds?: number } = { quietMs: 300 }) => {
      const changes: Change[] = [];
      const selection = { labelSelector: `${label}=${namespace}` };
      for await (const change of cluster.changes(configMaps, { from, ...selection, ...more })) changes.push(change);
      return changes;
    };
    return { cluster, namespace, configMap, configMaps, refOf, apply, remove, uidOf, position, since };
  }

  test(`${adapter} cluster: facts name its version, its kinds and what helm asks for`, async (t) => {
    const { cluster, configMaps } = await opened(t);
    const { kubeVersion, apiVersions, kinds } = await cluster.facts();
    ok(/^v\d+\.\d+\.\d+/.test(kubeVersion));
    for (const one of ['v1', 'apps/v1', 'v1/ConfigMap', 'apps/v1/Deployment']) ok(apiVersions.includes(one), one);
    equal(configMaps.plural, 'configmaps');
    equal(configMaps.namespaced, true);
    equal(kinds.find(({ kind }) => kind === 'Namespace')?.namespaced, false);
    ok(!kinds.some(({ plural }) => plural.includes('/')), 'subresources are no kinds');
  });

  test(`${adapter} cluster: what was applied is read back, with what the server made of it`, async (t) => {
    const { cluster, apply, configMap, refOf } = await opened(t);
    const made = await apply(configMap('web', { data: { a: '1' } }));
    const live = await cluster.read(refOf(made));
    deepEqual(live, made);
    deepEqual(live?.data, { a: '1' });
    const [ours] = live?.metadata.managedFields ?? [];
    equal(ours?.manager, 'trueup');
    equal(ours?.operation, 'Apply');
    ok(ours?.fieldsV1?.['f:data']?.['f:a']);
  });

  test(`${adapter} cluster: a field that is no longer applied is taken away`, async (t) => {
    const { apply, configMap } = await opened(t);
    await apply(configMap('web', { data: { a: '1', b: '2' } }));
    deepEqual((await apply(configMap('web', { data: { a: '1' } }))).data, { a: '1' });
  });

  test(`${adapter} cluster: what came from the cluster can be applied again as it is`, async (t) => {
    const { cluster, apply, configMap, refOf } = await opened(t);
    const made = await apply(configMap('web', { data: { a: '1' } }));
    const live = await cluster.read(refOf(made));
    ok(live);
    equal((await apply(live)).metadata.resourceVersion, made.metadata.resourceVersion);
  });

  test(`${adapter} cluster: a dry run tells the result and changes nothing`, async (t) => {
    const { cluster, configMap, refOf, apply } = await opened(t);
    const wished = configMap('web', { data: { a: '1' } });
    deepEqual((await cluster.apply(wished, { dryRun: true })).data, { a: '1' });
    equal(await cluster.read(refOf(wished)), null);
    await apply(wished);
    await cluster.apply(configMap('web', { data: { a: '2' } }), { dryRun: true });
    deepEqual((await cluster.read(refOf(wished)))?.data, { a: '1' });
  });

  test(`${adapter} cluster: an object of the whole cluster has no namespace, whatever its manifest says`, async (t) => {
    const { cluster, namespace, apply, remove } = await opened(t);
    const metadata = { name: `${namespace}-low`, namespace: 'ignored' };
    const made = await apply({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata, value: 1 });
    equal(made.metadata.namespace, undefined);
    const ref = { apiVersion: made.apiVersion, kind: made.kind, namespace: 'ignored', name: made.metadata.name };
    equal((await cluster.read(ref))?.value, 1);
    equal(await remove(made), 'removed');
  });

  test(`${adapter} cluster: what is not there reads as null: object, namespace, kind`, async (t) => {
    const { cluster, namespace } = await opened(t);
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'absent' };
    equal(await cluster.read(ref), null);
    equal(await cluster.read({ ...ref, namespace: `${namespace}-absent` }), null);
    equal(await cluster.read({ ...ref, kind: 'Absent' }), null);
    equal(await cluster.read({ ...ref, apiVersion: 'absent.example.com/v1' }), null);
  });

  test(`${adapter} cluster: uid and resourceVersion in the manifest are preconditions`, async (t) => {
    const { cluster, configMap, apply, refOf } = await opened(t);
    const old = await apply(configMap('web', { data: { a: '1' } }));
    const { uid = '', resourceVersion = '' } = old.metadata;
    const wished = (metadata: Record<string, string>, a = '2') => {
      const object = configMap('web', { data: { a } });
      return { ...object, metadata: { ...object.metadata, ...metadata } };
    };
    for (const dryRun of [true, false]) {
      const stale = faultOf('apply.stale');
      await rejects(cluster.apply(wished({ uid: noUid }), { dryRun }), stale);
      await rejects(cluster.apply(wished({ uid: noUid, resourceVersion }), { dryRun }), stale);
      await rejects(cluster.apply(wished({ resourceVersion: '1' }), { dryRun }), stale);
    }
    await apply(wished({ uid, resourceVersion }));
    await rejects(apply(wished({ uid, resourceVersion }, '3')), faultOf('apply.stale'));
    deepEqual((await cluster.read(refOf(old)))?.data, { a: '2' });
    await rejects(
      apply({ ...wished({ uid }), metadata: { ...configMap('gone').metadata, uid } }),
      faultOf('apply.stale'),
    );
    equal(await cluster.read({ ...refOf(old), name: 'gone' }), null, 'an object that was deleted is not made again');
  });

  test(`${adapter} cluster: what is to be new is made where there is none, and never over what is there`, async (t) => {
    const { cluster, configMap, refOf } = await opened(t);
    const made = await cluster.apply(configMap('web', { data: { a: '1' } }), { dryRun: false, absent: true });
    deepEqual(made.data, { a: '1' });
    const again = configMap('web', { data: { a: '2' } });
    for (const dryRun of [true, false])
      await rejects(cluster.apply(again, { dryRun, absent: true }), faultOf('apply.stale'));
    deepEqual((await cluster.read(refOf(made)))?.data, { a: '1' });
  });

  test(`${adapter} cluster: what the guard throws is thrown, and nothing is sent`, async (t) => {
    const { cluster, configMap, apply, refOf, uidOf } = await opened(t);
    const live = await apply(configMap('web', { data: { a: '1' } }));
    const { uid = '', resourceVersion = '', managedFields = [] } = live.metadata;
    const guard = () => {
      throw new Fault('store.lease_lost', { application: 'shop' });
    };
    const changed = configMap('web', { data: { a: '2' } });
    for (const write of [
      () => cluster.apply(changed, { dryRun: false, guard }),
      () => cluster.replace(changed, { live, dryRun: false, guard }),
      () => cluster.own(refOf(live), { managedFields: managedFields.slice(1), resourceVersion, guard }),
      () => cluster.remove(refOf(live), { uid, propagation: 'Background', guard }),
    ])
      await rejects(write(), faultOf('store.lease_lost'));
    deepEqual(await cluster.read({ ...refOf(live) }), live);
    equal(uidOf(live), uid);
  });

  test(`${adapter} cluster: a replaced object is what was given, finalizers aside, and ours as if it were applied`, async (t) => {
    const { cluster, configMap, apply, refOf } = await opened(t);
    const first = configMap('web', { data: { a: '1', b: '1' } });
    const made = await apply(first);
    const held = { ...made, metadata: { ...made.metadata, finalizers: ['trueup.dev/test'] } };
    // Sent as part of the live object they are nobody's who applies.
    const live = await cluster.replace(first, { live: held, dryRun: false });
    const wanted = configMap('web', { data: { a: '2' } });
    deepEqual((await cluster.replace(wanted, { live, dryRun: true })).data, { a: '2' });
    deepEqual((await cluster.read(refOf(live)))?.data, { a: '1', b: '1' });
    const replaced = await cluster.replace(wanted, { live, dryRun: false });
    deepEqual(replaced.data, { a: '2' });
    deepEqual(replaced.metadata.finalizers, ['trueup.dev/test']);
    const ours = replaced.metadata.managedFields?.find(({ operation }) => operation === 'Apply');
    deepEqual(ours?.fieldsV1?.['f:data'], { 'f:a': {} });
    await rejects(cluster.replace(wanted, { live, dryRun: false }), faultOf('apply.stale'));
    const { finalizers: _, ...metadata } = replaced.metadata;
    await cluster.replace(wanted, { live: { ...replaced, metadata }, dryRun: false });
  });

  test(`${adapter} cluster: the creation of what is there is rehearsed as if it were not`, async (t) => {
    const { cluster, namespace, configMap, apply, refOf } = await opened(t);
    const fixed = await apply(configMap('fixed', { immutable: true, data: { a: '1' } }));
    await cluster.rehearseCreate(configMap('fixed', { immutable: true, data: { a: '2' } }), {});
    await cluster.rehearseCreate(configMap('absent'), {});
    equal(await cluster.read({ ...refOf(fixed), name: 'absent' }), null);
    deepEqual(await cluster.read(refOf(fixed)), fixed);
    const bad = configMap('fixed', { data: { 'not a key': '1' } });
    await rejects(cluster.rehearseCreate(bad, {}), faultOf('apply.invalid'));
    const unknown = configMap('fixed', { spec: {} });
    await rejects(cluster.rehearseCreate(unknown, {}), faultOf('apply.invalid', ['spec']));
    await cluster.rehearseCreate(unknown, { validate: false });
    const lost = { ...configMap('web'), metadata: { name: 'web', namespace: `${namespace}-absent` } };
    await rejects(cluster.rehearseCreate(lost, {}), faultOf('cluster.namespace_missing'));
  });

  test(`${adapter} cluster: ownership is rewritten and nothing else, unless the object moved on`, async (t) => {
    const { cluster, configMap, apply, refOf } = await opened(t);
    const made = await apply(configMap('web', { data: { a: '1', b: '2' } }));
    const { managedFields = [], resourceVersion = '' } = made.metadata;
    const [ours] = managedFields;
    ok(ours?.fieldsV1);
    const { 'f:b': _, ...kept } = ours.fieldsV1['f:data'] ?? {};
    const released = [{ ...ours, fieldsV1: { ...ours.fieldsV1, 'f:data': kept } }];
    const owned = await cluster.own(refOf(made), { managedFields: released, resourceVersion });
    deepEqual(owned.data, made.data);
    deepEqual(owned.metadata.managedFields?.[0]?.fieldsV1?.['f:data'], kept);
    const late = cluster.own(refOf(made), { managedFields, resourceVersion });
    await rejects(late, faultOf('apply.stale'));
    // A field given up stays when it is no longer applied.
    deepEqual((await apply(configMap('web', { data: { a: '1' } }))).data, { a: '1', b: '2' });
  });

  test(`${adapter} cluster: an action changes what it says and nothing else, unless the object moved on`, async (t) => {
    const { cluster, configMap, apply, refOf } = await opened(t);
    const made = await apply(configMap('web', { data: { a: '1', b: '2', c: '3' } }));
    const { resourceVersion = '' } = made.metadata;
    const wish = { patch: { data: { b: '9', c: null } }, resourceVersion, part: 'object' as const };
    deepEqual((await cluster.patch(refOf(made), { ...wish, dryRun: true })).data, { a: '1', b: '9' });
    deepEqual((await cluster.read(refOf(made)))?.data, made.data);
    const patched = await cluster.patch(refOf(made), { ...wish, dryRun: false });
    deepEqual(patched.data, { a: '1', b: '9' });
    const theirs = patched.metadata.managedFields?.find(({ manager }) => manager === 'trueup-action');
    deepEqual(theirs?.fieldsV1, { 'f:data': { 'f:b': {} } });
    await rejects(cluster.patch(refOf(made), { ...wish, dryRun: false }), faultOf('apply.stale'));
  });

  test(`${adapter} cluster: an action on the status changes that, also where it is no part by itself`, async (t) => {
    const { cluster, namespace, configMap, apply, refOf } = await opened(t);
    const spec = { type: 'LoadBalancer', ports: [{ port: 80 }] };
    const service = await apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec });
    const ingress = {
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.1', ipMode: 'VIP' }] } },
      spec: { type: 'ClusterIP' },
    };
    const patched = await cluster.patch(refOf(service), {
      patch: ingress,
      resourceVersion: service.metadata.resourceVersion ?? '',
      part: 'status',
      dryRun: false,
    });
    match(JSON.stringify(patched.status), /192\.0\.2\.1/);
    match(JSON.stringify(patched.spec), /"type":"LoadBalancer"/);
    const plain = await apply(configMap('plain', { data: { a: '1' } }));
    const whole = await cluster.patch(refOf(plain), {
      patch: { data: { a: '2' } },
      resourceVersion: plain.metadata.resourceVersion ?? '',
      part: 'status',
      dryRun: false,
    });
    deepEqual(whole.data, { a: '2' });
  });

  test(`${adapter} cluster: an action creates what is new, and never over what is there`, async (t) => {
    const { cluster, configMap, refOf } = await opened(t);
    const wished = configMap('made', { data: { a: '1' } });
    await cluster.create(wished, { dryRun: true });
    equal(await cluster.read(refOf(wished)), null);
    deepEqual((await cluster.create(wished, { dryRun: false })).data, { a: '1' });
    await rejects(cluster.create(configMap('made', { data: { a: '2' } }), { dryRun: false }), faultOf('apply.stale'));
    deepEqual((await cluster.read(refOf(wished)))?.data, { a: '1' });
  });

  test(`${adapter} cluster: only the object with the uid is removed`, async (t) => {
    const { cluster, configMap, apply, refOf, uidOf } = await opened(t);
    const made = await apply(configMap('web'));
    const propagation = 'Background';
    await rejects(cluster.remove(refOf(made), { uid: noUid, propagation }), faultOf('apply.stale'));
    ok(await cluster.read(refOf(made)));
    const { resourceVersion = '' } = made.metadata;
    equal(await cluster.remove(refOf(made), { uid: uidOf(made), propagation, dryRun: true }), 'removed');
    const moved = await apply(configMap('web', { data: { a: '1' } }));
    const late = cluster.remove(refOf(made), { uid: uidOf(made), resourceVersion, propagation });
    await rejects(late, faultOf('apply.stale'));
    deepEqual(await cluster.read(refOf(made)), moved);
    equal(await cluster.remove(refOf(made), { uid: uidOf(made), propagation }), 'removed');
    equal(await cluster.read(refOf(made)), null);
    equal(await cluster.remove(refOf(made), { uid: uidOf(made), propagation }), 'absent');
    equal(await cluster.remove({ ...refOf(made), kind: 'Absent' }, { uid: noUid, propagation }), 'absent');
  });

  test(`${adapter} cluster: a list gives what the label selects, in one namespace or in all`, async (t) => {
    const { cluster, namespace, configMap, configMaps, apply } = await opened(t);
    await apply(configMap('ours', { data: { a: '1' } }));
    await apply(configMap('other', {}, { [label]: 'other' }));
    const labelSelector = `${label}=${namespace}`;
    for (const selection of [{ labelSelector }, { labelSelector, namespace }]) {
      const found = await all((await cluster.list(configMaps, selection)).items);
      deepEqual(
        found.map(({ apiVersion, kind, metadata, data }) => ({ apiVersion, kind, name: metadata.name, data })),
        [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'ours', data: { a: '1' } }],
      );
    }
  });

  test(`${adapter} cluster: a list longer than a page is whole, each object once`, async (t) => {
    const { cluster, namespace, configMap, configMaps, apply } = await opened(t);
    const names = Array.from({ length: 510 }, (_, index) => `c${index}`);
    await Promise.all(names.map((name) => apply(configMap(name))));
    const { items } = await cluster.list(configMaps, { labelSelector: `${label}=${namespace}` });
    const found = (await all(items)).map(({ metadata }) => metadata.name);
    deepEqual(found.toSorted(), names.toSorted());
  });

  test(`${adapter} cluster: a watch resumed from a list brings what changed since, and nothing else`, async (t) => {
    const { apply, remove, configMap, position, since } = await opened(t);
    await apply(configMap('kept'));
    const edited = await apply(configMap('edited', { data: { a: '1' } }));
    const deleted = await apply(configMap('deleted'));
    const unlabelled = await apply(configMap('unlabelled'));
    const from = await position();
    await apply(configMap('edited', { data: { a: '2' } }));
    await apply(configMap('new'));
    await remove(deleted);
    await apply(configMap('unlabelled', {}, { [label]: 'another' }));
    const changes = await since(from);
    deepEqual(changes.map(told), ['MODIFIED edited', 'ADDED new', 'DELETED deleted', 'DELETED unlabelled']);
    const [first, ...others] = changes;
    ok(first && 'object' in first && 'position' in first);
    deepEqual(first.object.data, { a: '2' });
    equal(first.position, first.object.metadata.resourceVersion);
    notEqual(first.position, edited.metadata.resourceVersion);
    ok(unlabelled);
    deepEqual((await since(first.position)).map(told), others.map(told), 'a watch goes on after any event');
  });

  test(`${adapter} cluster: a watch where nothing happens ends after the quiet moment`, async (t) => {
    const { position, since } = await opened(t);
    const from = await position();
    const start = performance.now();
    deepEqual(await since(from, { quietMs: 100 }), []);
    const ms = performance.now() - start;
    ok(ms >= 100 && ms < 5_000, `${ms} ms`);
  });

  test(`${adapter} cluster: a watch held for three seconds moves the position on when only others changed`, async (t) => {
    const { namespace, configMap, apply, position, since } = await opened(t);
    const from = await position();
    await apply(configMap('foreign', {}, { [label]: `not-${namespace}` }));
    await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'foreign', namespace } });
    const last = (await since(from, { forSeconds: 3 })).at(-1);
    equal(last?.type, 'BOOKMARK');
    ok(Number(last.position) > Number(from));
  });

  test(`${adapter} cluster: a watch ends at once when it is aborted`, async (t) => {
    const { cluster, configMaps, position } = await opened(t);
    const signal = AbortSignal.timeout(150);
    const watching = async () => {
      for await (const _ of cluster.changes(configMaps, { from: await position(), signal }));
    };
    const start = performance.now();
    await doesNotReject(watching());
    ok(performance.now() - start < 5_000);
  });

  test(`${adapter} cluster: a pod that is not there or has said nothing has an empty log`, async (t) => {
    const { cluster, namespace, apply } = await opened(t);
    equal(await cluster.podLog({ namespace, name: 'absent', container: 'c' }, 10), '');
    const spec = { containers: [{ name: 'c', image: 'example.com/none' }], nodeSelector: { nowhere: 'yes' } };
    await apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'waiting', namespace }, spec });
    equal(await cluster.podLog({ namespace, name: 'waiting', container: 'c' }, 10), '');
  });

  test(`${adapter} cluster: the Deployment of the tutorials is refused with both missing fields`, async (t) => {
    const { cluster, namespace } = await opened(t);
    const template = { spec: { containers: [{ name: 'nginx', image: 'nginx' }] } };
    const metadata = { name: 'nginx', namespace };
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 3, template } };
    const refused = faultOf('apply.invalid', ['spec.selector', 'spec.template.metadata.labels']);
    await rejects(cluster.apply(object, { dryRun: true }), refused);
  });

  test(`${adapter} cluster: a kind nobody defined, a missing namespace and an immutable field have their faults`, async (t) => {
    const { cluster, namespace, configMap, apply } = await opened(t);
    const unknown = { ...configMap('web'), apiVersion: 'absent.example.com/v1', kind: 'Absent' };
    await rejects(cluster.apply(unknown, { dryRun: true }), faultOf('cluster.unknown_kind'));
    const lost = { ...configMap('web'), metadata: { name: 'web', namespace: `${namespace}-absent` } };
    await rejects(cluster.apply(lost, { dryRun: true }), faultOf('cluster.namespace_missing'));
    await apply(configMap('fixed', { immutable: true, data: { a: '1' } }));
    const changed = configMap('fixed', { immutable: true, data: { a: '2' } });
    await rejects(cluster.apply(changed, { dryRun: true }), faultOf('apply.immutable_field', ['data']));
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', metadata: { name: 'x' }, spec: {} };
    await rejects(cluster.apply(review, { dryRun: true }), faultOf('apply.invalid', ['kind']));
  });
}

async function servedKind(cluster: Cluster, apiVersion: string, kind: string): Promise<ServedKind> {
  const found = (await cluster.facts()).kinds.find((one) => one.apiVersion === apiVersion && one.kind === kind);
  ok(found, `${kind} is not served`);
  return found;
}

async function all(items: AsyncIterable<KubernetesObject>): Promise<KubernetesObject[]> {
  const found: KubernetesObject[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function told(change: Change): string {
  return 'object' in change ? `${change.type} ${change.object.metadata.name}` : change.type;
}
