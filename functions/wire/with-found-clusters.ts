/** Adds the EKS clusters that clusterSearches[] finds to clusters[]; what is written there by name wins. */
import type { ClusterConfig, ClusterSearch, Config } from '../../lib/core/config/config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Log } from '../../lib/ports/log.ts';

const concurrency = 10;

/** A search that fails is logged and finds nothing: the other clusters are not to wait for it. */
export async function withFoundClusters(
  config: Config,
  { search, log }: { search(search: ClusterSearch, installation: string): Promise<string[]>; log: Log },
): Promise<Config> {
  const clusters = new Map(config.clusters.map((cluster) => [cluster.name, cluster]));
  for (const { tag, ...place } of config.clusterSearches) {
    const names = await search({ tag, ...place }, config.installation).catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error;
      log.error('clusters.not_searched', { tag, region: place.region }, error);
      return [];
    });
    for (const name of names.filter((found) => !clusters.has(found))) {
      clusters.set(name, { name, eks: { cluster: name, ...place }, concurrency } satisfies ClusterConfig);
    }
  }
  return { ...config, clusters: [...clusters.values()] };
}
