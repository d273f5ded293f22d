/** Finds the clusters that are searched for, and signs in to every one: AWS says where it is, the role it names is assumed, and its API server is asked what it serves. */
import type { ClusterSearch } from '../../lib/core/config/config.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { SelfCheck } from '../self-test.ts';

export function signsInToClusters({ cluster, clusterNames }: Pick<Ports, 'cluster' | 'clusterNames'>): SelfCheck[] {
  return clusterNames.map((name) => ({
    check: `signs in to the cluster ${name}`,
    attempt: async () => cluster(name).facts({ fresh: true }),
  }));
}

/** `search`: anew. Work goes on without what a search would have found. */
export type SearchParts = { searches: readonly ClusterSearch[]; search(wanted: ClusterSearch): Promise<unknown> };

export function findsClusters({ searches, search }: SearchParts): SelfCheck[] {
  return searches.map((wanted) => ({
    check: `finds clusters with the tag ${wanted.tag} in ${wanted.region}`,
    attempt: () => search(wanted),
  }));
}
