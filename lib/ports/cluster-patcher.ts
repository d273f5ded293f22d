/** Does in one cluster what a person asked for and Git does not say. Faults: `apply.*`, `cluster.*`. */
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { ObjectRef } from './cluster.ts';
import type { WriteOptions } from './cluster-writer.ts';

export type MergePatch = Record<string, unknown> & { metadata?: Record<string, unknown> };

export interface ClusterPatcher {
  /** A merge patch as manager `trueup-action`; apply.stale when the object moved on. `part`: only its status, or all but that. */
  patch(
    ref: ObjectRef,
    wish: Pick<WriteOptions, 'dryRun' | 'guard'> & {
      patch: MergePatch;
      resourceVersion: string;
      part: 'object' | 'status';
    },
  ): Promise<KubernetesObject>;
  /** As manager `trueup-action`; apply.stale when there is one of that name. */
  create(object: KubernetesObject, options: Pick<WriteOptions, 'dryRun' | 'guard'>): Promise<KubernetesObject>;
}
