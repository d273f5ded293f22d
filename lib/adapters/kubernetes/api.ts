/** What every question to one cluster needs. */
import type { ServedKind } from '../../ports/cluster.ts';
import type { Discovery } from './discovery.ts';
import type { About } from './kubernetes-fault.ts';
import { namespaceOf, resourceOf } from './object-path.ts';
import type { Requests } from './request.ts';

export type Api = { cluster: string; requests: Requests; discovery: Discovery; watchSeconds: number };

/** What a fault will say was tried. */
export function about(api: Api, verb: About['verb'], kind: ServedKind, namespace = ''): About {
  return {
    cluster: api.cluster,
    verb,
    kind,
    resource: resourceOf(kind),
    namespace: namespace && namespaceOf(kind, namespace),
  };
}
