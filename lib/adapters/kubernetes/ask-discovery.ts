/** One question about what the API server serves. */
import { isSuccess } from './answer.ts';
import { kubernetesFault } from './kubernetes-fault.ts';
import type { Requests } from './request.ts';

export type DiscoverySource = { cluster: string; requests: Requests };

export async function askDiscovery(
  { cluster, requests }: DiscoverySource,
  path: string,
  accept?: string,
): Promise<unknown> {
  const answer = await requests.ask({ method: 'GET', path, ...(accept !== undefined && { accept }) });
  if (isSuccess(answer)) return answer.body;
  throw kubernetesFault(answer, { cluster, verb: 'get', resource: path, namespace: '' });
}
