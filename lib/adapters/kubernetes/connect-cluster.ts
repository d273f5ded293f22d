/** Opens a cluster: reads, writes and removes through one set of connections. */
import type { Cluster } from '../../ports/cluster.ts';
import type { AccessSource } from '../../ports/cluster-access.ts';
import type { ClusterActor } from '../../ports/cluster-actor.ts';
import type { ClusterPatcher } from '../../ports/cluster-patcher.ts';
import type { ClusterRemover } from '../../ports/cluster-remover.ts';
import type { ClusterWriter } from '../../ports/cluster-writer.ts';
import { type Api, actingAs } from './api.ts';
import { applyObject, createObject, ownFields, patchObject, rehearseCreation, replaceObject } from './apply-object.ts';
import { openDiscovery } from './discovery.ts';
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
  access: AccessSource;
  /** Names us in the audit log: `trueup/0.1.0`. */
  userAgent: string;
  limits?: Partial<Limits>;
};

export type ConnectedCluster = Cluster &
  ClusterWriter &
  ClusterRemover &
  ClusterPatcher &
  ClusterActor & { close(): Promise<void> };

/** Sends nothing yet, and asks `access` for nothing. */
export function connectCluster(options: ConnectOptions): ConnectedCluster {
  const { name: cluster, access, userAgent } = options;
  const limits = { ...defaultLimits, ...options.limits };
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
    ...writesTo(api),
    as: (account) => writesTo(actingAs(api, account)),
    close: () => requests.close(),
  };
}

function writesTo(api: Api): ClusterWriter & ClusterRemover & ClusterPatcher {
  return {
    apply: (object, wish) => applyObject(api, object, wish),
    replace: (object, wish) => replaceObject(api, object, wish),
    rehearseCreate: (object, wish) => rehearseCreation(api, object, wish),
    own: (ref, fields) => ownFields(api, ref, fields),
    patch: (ref, wish) => patchObject(api, ref, wish),
    create: (object, wish) => createObject(api, object, wish),
    remove: (ref, wish) => removeObject(api, ref, wish),
  };
}
