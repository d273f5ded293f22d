/** Opens the clusters of clusters[], each with its own connection, when it is first asked for. */
import { type ConnectedCluster, connectCluster } from '../../lib/adapters/kubernetes/connect-cluster.ts';
import type { ClusterConfig, Config } from '../../lib/core/config/config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { AccessSource } from '../../lib/ports/cluster-access.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { accessTo } from './access-to.ts';
import { kubeconfigFolder } from './kubeconfig-folder.ts';
import { once } from './once.ts';

export type Clusters = { cluster(name: string): ConnectedCluster; close(): Promise<void> };

/** Nothing is read or sent yet. Fault of `cluster`: config.unknown_cluster. */
export function wireClusters({ clusters, installation }: Config, secrets: Secrets): Clusters {
  const opened: ConnectedCluster[] = [];
  const folder = kubeconfigFolder();
  const byName = new Map(clusters.map((entry) => [entry.name, once(() => open(entry))]));

  function open(entry: ClusterConfig): ConnectedCluster {
    const access: AccessSource = accessTo(entry, { installation, secrets, folder });
    const connected = connectCluster({ name: entry.name, access, userAgent: `trueup/${packageJson.version}` });
    opened.push(connected);
    return connected;
  }

  return {
    cluster(name) {
      const found = byName.get(name);
      if (found === undefined)
        throw new Fault('config.unknown_cluster', { cluster: name, known: [...byName.keys()].join(', ') });
      return found();
    },
    async close() {
      await Promise.all(opened.map((cluster) => cluster.close()));
      await folder.remove();
    },
  };
}
