/** Which of clusters[] are the EKS cluster of this name. */
import type { ClusterConfig } from '../../lib/core/config/config.ts';

/** Names in clusters[]. A log group names neither region nor account, so those of all of them: a needless sweep is cheap. */
export function clustersOfEks(eks: string, clusters: readonly ClusterConfig[]): string[] {
  return clusters.filter((cluster) => cluster.eks?.cluster === eks).map(({ name }) => name);
}
