/** Reads one object. */
import type { KubernetesObject } from '../../core/object/kubernetes-object.ts';
import type { ObjectRef } from '../../ports/cluster.ts';
import { isSuccess } from './answer.ts';
import { type Api, about } from './api.ts';
import { kubernetesFault } from './kubernetes-fault.ts';
import { objectPath } from './object-path.ts';
import { parseObject } from './parse-object.ts';

export async function readObject(api: Api, ref: ObjectRef): Promise<KubernetesObject | null> {
  const kind = await api.discovery.find(ref);
  if (kind === undefined) return null;
  const answer = await api.requests.ask({ method: 'GET', path: objectPath(kind, ref) });
  if (isSuccess(answer)) return parseObject(answer.body);
  if (answer.status === 404) return null;
  throw kubernetesFault(answer, about(api, 'get', kind, ref.namespace));
}
