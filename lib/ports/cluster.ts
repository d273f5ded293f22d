/** Reads one Kubernetes cluster. Faults: `cluster.*`. */
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';

export type ObjectRef = { apiVersion: string; kind: string; namespace: string; name: string };

/** One kind as the cluster serves it. */
export type ServedKind = {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  verbs: readonly string[];
};

export type ClusterFacts = {
  /** `v1.36.3` */
  kubeVersion: string;
  /** For `helm --api-versions`: `v1`, `apps/v1`, `apps/v1/Deployment`. */
  apiVersions: string[];
  kinds: ServedKind[];
};

/** `BOOKMARK` carries only a position. After `EXPIRED` nothing follows: list again. */
export type Change =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject; position: string }
  | { type: 'BOOKMARK'; position: string }
  | { type: 'EXPIRED' };

export interface Cluster {
  readonly name: string;
  /** Version and discovery; remembered for a while. `fresh` asks again: a CRD may have come since. */
  facts(options?: { fresh?: boolean }): Promise<ClusterFacts>;
  /** null: there is no such object (or its namespace or kind is gone). */
  read(ref: ObjectRef): Promise<KubernetesObject | null>;
  /** Paged and streamed; `metadataOnly`: a fraction of the bytes. `position` (a resourceVersion) is known once the first page is here: a watch may start from it. */
  list(
    kind: ServedKind,
    options: { labelSelector?: string; fieldSelector?: string; namespace?: string; metadataOnly?: boolean },
  ): Promise<{ position: string; items: AsyncIterable<KubernetesObject> }>;
  /**
   * A watch resumed after `from`. Ends after `quietMs` without an event, or after `forSeconds` at the server
   * (which then sends a bookmark shortly before), or when `signal` aborts.
   */
  changes(
    kind: ServedKind,
    options: {
      from: string;
      labelSelector?: string;
      namespace?: string;
      quietMs?: number;
      forSeconds?: number;
      signal?: AbortSignal;
    },
  ): AsyncIterable<Change>;
  /** The last lines of a container's log; empty where there is none yet. */
  podLog(ref: { namespace: string; name: string; container: string }, lines: number): Promise<string>;
}
