/** Opens the clusters of clusters[], each with its own connection. */
import { rm } from 'node:fs/promises';
import { type ConnectedCluster, connectCluster } from '../../lib/adapters/kubernetes/connect-cluster.ts';
import type { ClusterConfig, Config } from '../../lib/core/config/config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { writeInClusterKubeconfig } from './in-cluster-kubeconfig.ts';
import { type Later, later } from './later.ts';

export type Clusters = { cluster(name: string): ConnectedCluster; close(): Promise<void> };

/** Nothing is sent yet. Faults of the result: cluster.kubeconfig_invalid, config.cluster_unsupported. */
export async function wireClusters({ clusters }: Config): Promise<Clusters> {
  const opened: ConnectedCluster[] = [];
  const temporary: string[] = [];
  const open = async (entry: ClusterConfig): Promise<ConnectedCluster> => {
    const kubeconfig = entry.inCluster ? await writeInClusterKubeconfig(process.env) : entry.kubeconfig;
    if (kubeconfig === undefined) throw new Fault('config.cluster_unsupported', { cluster: entry.name, way: 'eks' });
    if (entry.inCluster) temporary.push(kubeconfig);
    const { name, context } = entry;
    const connected = await connectCluster({
      name,
      kubeconfig,
      userAgent: `trueup/${packageJson.version}`,
      ...(context !== undefined && { context }),
    });
    opened.push(connected);
    return connected;
  };
  const byName = new Map<string, Later<ConnectedCluster>>(
    await Promise.all(clusters.map(async (entry) => [entry.name, await later(() => open(entry))] as const)),
  );
  return {
    cluster(name) {
      const found = byName.get(name);
      if (found === undefined) throw new TypeError(`no cluster is called ${name}`);
      return found();
    },
    async close() {
      await Promise.all(opened.map((cluster) => cluster.close()));
      await Promise.all(temporary.map((path) => rm(path, { force: true })));
    },
  };
}
