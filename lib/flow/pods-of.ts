/** The pods that a workload made, as its selector finds them. */
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { ObjectKey } from '../core/object/object-key.ts';
import type { Cluster } from '../ports/cluster.ts';

/** `labelSelector` null: it makes none. */
export async function podsOf(
  { namespace }: Pick<ObjectKey, 'namespace'>,
  labelSelector: string | null,
  cluster: Pick<Cluster, 'facts' | 'list'>,
): Promise<KubernetesObject[]> {
  const { kinds } = await cluster.facts();
  const pod = kinds.find(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Pod');
  if (labelSelector === null || pod === undefined) return [];
  return Array.fromAsync((await cluster.list(pod, { labelSelector, namespace })).items);
}
