/** Puts what others need first: by wave, then by kind. */
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

/** Groups the items into stages: the same wave and kind go together, in parallel. */
export function orderObjects<Item>(
  items: readonly Item[],
  placeOf: (item: Item) => { wave: number; kind: string },
): Item[][] {
  const stages = new Map<string, { wave: number; rank: number; kind: string; items: Item[] }>();
  for (const item of items) {
    const { wave, kind } = placeOf(item);
    const key = `${wave}/${kind}`;
    const stage = stages.get(key) ?? { wave, rank: kindRank(kind), kind, items: [] };
    stage.items.push(item);
    stages.set(key, stage);
  }
  return [...stages.values()]
    .sort((a, b) => a.wave - b.wave || a.rank - b.rank || (a.kind < b.kind ? -1 : 1))
    .map((stage) => stage.items);
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
