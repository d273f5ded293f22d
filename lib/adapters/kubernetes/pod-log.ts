/** Reads the end of a container's log. */
import type { Cluster } from '../../ports/cluster.ts';
import { isSuccess } from './answer.ts';
import type { Api } from './api.ts';
import { kubernetesFault } from './kubernetes-fault.ts';

/** A notice shows a few lines; a line may be a megabyte. */
const limitBytes = 64 * 1024;

export async function podLog(
  { cluster, requests }: Api,
  { namespace, name, container }: Parameters<Cluster['podLog']>[0],
  lines: number,
): Promise<string> {
  const answer = await requests.ask({
    method: 'GET',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`,
    query: { container, tailLines: lines, limitBytes },
    accept: '*/*',
    again: false,
  });
  if (isSuccess(answer)) return typeof answer.body === 'string' ? answer.body : '';
  if (answer.status === 401 || answer.status === 403) {
    throw kubernetesFault(answer, { cluster, verb: 'get', resource: 'pods/log', namespace });
  }
  // No such pod, a container that has not started, a node whose kubelet is not reached: there is no log to show.
  return '';
}
