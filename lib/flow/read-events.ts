/** The events that Kubernetes keeps of one object, for about an hour. */
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { Cluster } from '../ports/cluster.ts';

/** Events of what belongs to no namespace are kept in `default`. Who may not read them does without. */
export async function readEvents(
  { namespace, uid }: { namespace: string; uid: string },
  cluster: Pick<Cluster, 'facts' | 'list'>,
): Promise<KubernetesObject[]> {
  const { kinds } = await cluster.facts();
  const event = kinds.find(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Event');
  if (event === undefined) return [];
  const where = { namespace: namespace === '' ? 'default' : namespace, fieldSelector: `involvedObject.uid=${uid}` };
  try {
    return await Array.fromAsync((await cluster.list(event, where)).items);
  } catch (error) {
    if (error instanceof Fault && error.code === 'cluster.forbidden') return [];
    throw error;
  }
}
