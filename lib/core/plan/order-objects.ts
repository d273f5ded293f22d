/** Puts what others need first: by phase, wave and kind; what is removed goes after what is applied, in the opposite order. */
import type { Phase } from '../hook/hook.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';

/** Argo CD's order of kinds, by name whatever the group; every other kind comes after these. */
const kindOrder = [
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
];

/** `removes`: it is deleted, not applied. */
export type Place = { phase: Phase; wave: number; kind: string; removes: boolean };

export type Ordered<Item> = { phase: Phase; wave: number; items: Item[] };

const phaseOrder: readonly Phase[] = ['PreDelete', 'PreSync', 'Sync', 'PostSync', 'PostDelete', 'SyncFail'];

/**
 * Groups the items into stages: the same phase, wave and kind go together, in parallel. Unlike Argo CD, a wave applies before
 * it prunes, so that what was renamed is there before its old self goes (docs/decisions/sync-engine.md).
 */
export function orderObjects<Item>(items: readonly Item[], placeOf: (item: Item) => Place): Ordered<Item>[] {
  const placed = items.map((item) => ({ item, place: placeOf(item) }));
  const stages = Map.groupBy(
    placed,
    ({ place: { phase, wave, removes, kind } }) => `${phase}/${wave}/${removes}/${kind}`,
  );
  return [...stages.values()]
    .flatMap(([first, ...rest]) => (first === undefined ? [] : [{ place: first.place, all: [first, ...rest] }]))
    .toSorted((a, b) => comparePlaces(a.place, b.place))
    .map(({ place: { phase, wave }, all }) => ({ phase, wave, items: all.map(({ item }) => item) }));
}

export function comparePlaces(a: Place, b: Place): number {
  const byKind = kindRank(a.kind) - kindRank(b.kind) || (a.kind < b.kind ? -1 : 1);
  return (
    comparePhases(a, b) ||
    Number(a.removes) - Number(b.removes) ||
    (a.kind === b.kind ? 0 : a.removes ? -byKind : byKind)
  );
}

/** By phase, then by wave. */
export function comparePhases(a: Pick<Place, 'phase' | 'wave'>, b: Pick<Place, 'phase' | 'wave'>): number {
  return phaseOrder.indexOf(a.phase) - phaseOrder.indexOf(b.phase) || a.wave - b.wave;
}

/** Position of a kind in the order; unknown kinds are last. */
function kindRank(kind: string): number {
  const index = kindOrder.indexOf(kind);
  return index < 0 ? kindOrder.length : index;
}

/** Argo CD's sync wave, else Helm's hook weight, else 0; what is no number falls through to the next. */
export function waveOf(object: KubernetesObject): number {
  const annotations = object.metadata.annotations ?? {};
  for (const name of ['argocd.argoproj.io/sync-wave', 'helm.sh/hook-weight']) {
    const value = annotations[name];
    if (value !== undefined && /^[+-]?\d+$/.test(value.trim())) return Number(value);
  }
  return 0;
}
