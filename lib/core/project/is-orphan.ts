/** Whether an object of a namespace is one that no Application has, and that nobody else is known to look after. */
import { isExcluded } from '../customization/is-excluded.ts';
import type { Rules } from '../fleet/rules.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { formatKey, keyOf, type ObjectKey } from '../object/object-key.ts';
import { hookLabel } from '../object/tracking.ts';
import { matchesGlob } from '../render/glob.ts';
import { permitsKind } from './permits-kind.ts';
import type { OrphanedResources, Project } from './project.ts';

export type Orphanage = {
  project: Project;
  ignore: OrphanedResources['ignore'];
  cluster: string;
  customizations: Pick<Rules['customizations'], 'exclusions' | 'inclusions'>;
  /** Formatted keys of what any Application has in the cluster. */
  owned: ReadonlySet<string>;
};

/** What has an owner in the cluster goes with it; what the project does not permit is none of its business, as in Argo CD. */
export function isOrphan(
  live: KubernetesObject,
  { project, ignore, cluster, customizations, owned }: Orphanage,
): boolean {
  const key = keyOf(live);
  const { ownerReferences = [], labels = {} } = live.metadata;
  return (
    ownerReferences.length === 0 &&
    !owned.has(formatKey(key)) &&
    !(hookLabel in labels) &&
    !isOfTheCluster(key) &&
    !isExcluded(key, cluster, customizations) &&
    permitsKind(project, key) &&
    !ignore.some((rule) => means(rule, key))
  );
}

/** The API server makes these in every namespace, and the Service in `default`. */
function isOfTheCluster({ group, kind, namespace, name }: ObjectKey): boolean {
  if (group !== '') return false;
  return (
    (kind === 'ServiceAccount' && name === 'default') ||
    (kind === 'ConfigMap' && name === 'kube-root-ca.crt') ||
    (kind === 'Service' && name === 'kubernetes' && namespace === 'default')
  );
}

/** An empty group is the core group; an empty kind or name is any. */
function means({ group, kind, name }: OrphanedResources['ignore'][number], key: ObjectKey): boolean {
  return (
    matchesGlob(group, key.group) &&
    (kind === '' || matchesGlob(kind, key.kind)) &&
    (name === '' || matchesGlob(name, key.name))
  );
}
