/** All that a destination may call one of clusters[] by. */
import type { ClusterConfig } from '../../lib/core/config/config.ts';
import type { ClusterIdentity } from '../../lib/core/project/cluster-identity.ts';
import { serversOf } from './cluster-of.ts';

/** One that left clusters[] has its name alone; that it is gone is said where it is asked for. */
export function identityOf(cluster: string, clusters: readonly ClusterConfig[]): ClusterIdentity {
  const found = clusters.find(({ name }) => name === cluster);
  return { name: cluster, servers: found === undefined ? [] : serversOf(found), project: found?.project ?? null };
}
