import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { orderObjects, type Place, waveOf } from '../../../lib/core/plan/order-objects.ts';
import { aConfigMap } from './a-desired.ts';

type Item = { kind: string; wave: number; name: string };

const placeOf = ({ wave, kind }: Item): Place => ({ phase: 'Sync', wave, kind, removes: false });
const order = (items: readonly Item[]) => orderObjects(items, placeOf).map((stage) => stage.items);
const kinds = (...names: string[]): Item[] => names.map((kind, index) => ({ kind, wave: 0, name: `${kind}-${index}` }));
const kindsOf = (stages: Item[][]) => stages.map((stage) => stage[0]?.kind);

/** gitops-engine pkg/sync/sync_tasks.go, `kindOrder`. */
const argoOrder = `Namespace NetworkPolicy ResourceQuota LimitRange PodSecurityPolicy PodDisruptionBudget ServiceAccount
  Secret SecretList ConfigMap StorageClass PersistentVolume PersistentVolumeClaim CustomResourceDefinition ClusterRole
  ClusterRoleList ClusterRoleBinding ClusterRoleBindingList Role RoleList RoleBinding RoleBindingList Service DaemonSet Pod
  ReplicationController ReplicaSet Deployment HorizontalPodAutoscaler StatefulSet Job CronJob IngressClass Ingress
  APIService`.split(/\s+/);

test('order-objects puts kinds in the order of Argo CD, and those it does not know last, by name', () => {
  const shuffled = kinds('Widget', ...argoOrder.toReversed(), 'Gadget');
  deepEqual(kindsOf(order(shuffled)), [...argoOrder, 'Gadget', 'Widget']);
});

test('order-objects puts a lower wave first, whatever the kind', () => {
  const items = [
    { kind: 'Namespace', wave: 1, name: 'late' },
    { kind: 'Ingress', wave: -1, name: 'early' },
    { kind: 'Ingress', wave: 10, name: 'last' },
    { kind: 'ConfigMap', wave: 1, name: 'late too' },
  ];
  const names = order(items).map((stage) => stage.map(({ name }) => name));
  deepEqual(names, [['early'], ['late'], ['late too'], ['last']]);
});

test('order-objects puts what has the same wave and kind into one stage, as it came', () => {
  deepEqual(
    order(kinds('Service', 'ConfigMap', 'Service', 'ConfigMap')).map((stage) => stage.map(({ name }) => name)),
    [
      ['ConfigMap-1', 'ConfigMap-3'],
      ['Service-0', 'Service-2'],
    ],
  );
});

const anItem: fc.Arbitrary<Item> = fc.record({
  kind: fc.constantFrom('Namespace', 'ConfigMap', 'Deployment', 'Widget', 'Gadget'),
  wave: fc.integer({ min: -3, max: 3 }),
  name: fc.uuid(),
});

test('order-objects loses and doubles nothing, gives every wave and kind one stage, and orders twice alike', () => {
  fc.assert(
    fc.property(fc.array(anItem), (items) => {
      const stages = order(items);
      const flat = stages.flat();
      deepEqual(new Set(flat), new Set(items));
      equal(flat.length, items.length);
      const places = stages.map((stage) => new Set(stage.map(({ wave, kind }) => `${wave}/${kind}`)));
      ok(places.every((place) => place.size === 1));
      equal(new Set(places.flatMap((place) => [...place])).size, stages.length);
      deepEqual(order(flat), stages);
    }),
  );
});

test('order-objects depends on the order of what comes only inside a stage', () => {
  fc.assert(
    fc.property(fc.array(anItem), (items) => {
      const sets = (given: Item[]) => order(given).map((stage) => new Set(stage));
      deepEqual(sets(items.toReversed()), sets(items));
    }),
  );
});

const argo = 'argocd.argoproj.io/sync-wave';
const helm = 'helm.sh/hook-weight';

for (const { it, annotations, gives } of [
  { it: 'is 0 without a mark', annotations: undefined, gives: 0 },
  { it: 'is the sync wave', annotations: { [argo]: '-5', [helm]: '3' }, gives: -5 },
  { it: "is Helm's hook weight without one", annotations: { [helm]: '+3' }, gives: 3 },
  { it: 'is the weight when the wave is no number', annotations: { [argo]: 'first', [helm]: ' 2 ' }, gives: 2 },
  { it: 'is 0 when neither is a whole number', annotations: { [argo]: '1.5', [helm]: '' }, gives: 0 },
]) {
  test(`wave-of ${it}`, () => {
    const object = aConfigMap('settings');
    equal(waveOf(annotations ? { ...object, metadata: { ...object.metadata, annotations } } : object), gives);
  });
}
