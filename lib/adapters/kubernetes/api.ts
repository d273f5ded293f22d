/** What every question to one cluster needs. */
import { type ServiceAccount, userOf } from '../../core/project/service-account.ts';
import type { ServedKind } from '../../ports/cluster.ts';
import type { Discovery } from './discovery.ts';
import type { About } from './kubernetes-fault.ts';
import { namespaceOf, resourceOf } from './object-path.ts';
import type { Requests } from './request.ts';

export type Api = {
  cluster: string;
  requests: Requests;
  discovery: Discovery;
  watchSeconds: number;
  /** As whom is asked; absent: as ourselves. */
  account?: ServiceAccount;
};

/**
 * What the cluster serves is still asked for as ourselves. The API server itself puts the account into its groups
 * (`system:serviceaccounts`, `system:serviceaccounts:NAMESPACE`, `system:authenticated`) where no group is asked for, and so
 * the right to impersonate that one account is enough.
 */
export function actingAs(api: Api, account: ServiceAccount): Api {
  const { requests } = api;
  return { ...api, account, requests: { ...requests, ask: (ask) => requests.ask({ ...ask, as: userOf(account) }) } };
}

/** What a fault will say was tried. */
export function about(api: Api, verb: About['verb'], kind: ServedKind, namespace = ''): About {
  return {
    cluster: api.cluster,
    verb,
    kind,
    resource: resourceOf(kind),
    namespace: namespace && namespaceOf(kind, namespace),
    ...(api.account && { account: api.account }),
  };
}
