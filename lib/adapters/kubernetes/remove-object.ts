/** The only file that removes anything from a cluster. */
import type { ObjectRef } from '../../ports/cluster.ts';
import type { ClusterRemover } from '../../ports/cluster-remover.ts';
import { isSuccess } from './answer.ts';
import { type Api, about } from './api.ts';
import { kubernetesFault } from './kubernetes-fault.ts';
import { objectPath } from './object-path.ts';

/** The uid makes sure that a namesake created since is left alone, the resourceVersion what was changed since. */
export async function removeObject(
  api: Api,
  ref: ObjectRef,
  { uid, resourceVersion, propagation, dryRun = false, guard }: Parameters<ClusterRemover['remove']>[1],
): ReturnType<ClusterRemover['remove']> {
  const kind = await api.discovery.find(ref);
  if (kind === undefined) return 'absent';
  const content = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    preconditions: { uid, ...(resourceVersion !== undefined && { resourceVersion }) },
    propagationPolicy: propagation,
    ...(dryRun && { dryRun: ['All'] }),
  };
  const body = { type: 'application/json', content };
  const path = objectPath(kind, ref);
  const answer = await api.requests.ask({ method: 'DELETE', path, body, ...(guard && { guard }) });
  if (isSuccess(answer)) return 'removed';
  if (answer.status === 404) return 'absent';
  throw kubernetesFault(answer, { ...about(api, 'delete', kind, ref.namespace), ref });
}
