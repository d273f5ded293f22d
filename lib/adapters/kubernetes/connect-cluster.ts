/** Opens a cluster that a kubeconfig describes. */
import type { Cluster } from '../../ports/cluster.ts';
import type { ClusterRemover } from '../../ports/cluster-remover.ts';
import type { ClusterWriter } from '../../ports/cluster-writer.ts';
import type { Api } from './api.ts';
import { applyObject, ownFields } from './apply-object.ts';
import { openDiscovery } from './discovery.ts';
import { kubeconfigAccess } from './kubeconfig-access.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { listObjects } from './list-objects.ts';
import { podLog } from './pod-log.ts';
import { readObject } from './read-object.ts';
import { removeObject } from './remove-object.ts';
import { openRequests } from './request.ts';
import { watchChanges } from './watch-changes.ts';

export type ConnectOptions = {
  /** As in clusters[].name. */
  name: string;
  /** Path of the kubeconfig. */
  kubeconfig: string;
  /** Its current-context unless named. */
  context?: string;
  /** Names us in the audit log: `trueup/0.1.0`. */
  userAgent: string;
  limits?: Partial<Limits>;
};

export type ConnectedCluster = Cluster & ClusterWriter & ClusterRemover & { close(): Promise<void> };

/** Reads the kubeconfig (fault cluster.kubeconfig_invalid), but sends nothing yet. */
export async function connectCluster(options: ConnectOptions): Promise<ConnectedCluster> {
  const { name: cluster, kubeconfig: path, context, userAgent } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const access = kubeconfigAccess({ cluster, path, ...(context !== undefined && { context }) });
  await access.current();
  const requests = openRequests({ cluster, access, userAgent, limits });
  const discovery = openDiscovery({ cluster, requests, limits });
  const api: Api = { cluster, requests, discovery, watchSeconds: limits.watchSeconds };
  return {
    name: cluster,
    facts: (wish) => discovery.facts(wish),
    read: (ref) => readObject(api, ref),
    list: (kind, selection) => listObjects(api, kind, selection),
    changes: (kind, watch) => watchChanges(api, kind, watch),
    podLog: (ref, lines) => podLog(api, ref, lines),
    apply: (object, wish) => applyObject(api, object, wish),
    own: (ref, fields) => ownFields(api, ref, fields),
    remove: (ref, wish) => removeObject(api, ref, wish),
    close: () => requests.close(),
  };
}
