/** Which of clusters[] an Application's destination means. */
import type { Destination } from '../../lib/core/application/application.ts';
import type { ClusterConfig } from '../../lib/core/config/config.ts';

/** What Argo CD calls the cluster it runs in. */
const inClusterServer = 'https://kubernetes.default.svc';

/** Its name; null: none of them. */
export function clusterOf({ name, server }: Destination, clusters: readonly ClusterConfig[]): string | null {
  const found =
    name === undefined
      ? clusters.find((cluster) => server !== undefined && serversOf(cluster).includes(bare(server)))
      : clusters.find((cluster) => cluster.name === name);
  return found?.name ?? null;
}

export function serversOf({ server, inCluster }: ClusterConfig): string[] {
  return [server, inCluster ? inClusterServer : undefined].filter((url) => url !== undefined).map(bare);
}

function bare(server: string): string {
  return server.replace(/\/+$/, '');
}
