/** Changes one cluster: the only way anything of ours is created or updated there. Faults: `apply.*`, `cluster.*`. */
import type { KubernetesObject, ManagedFieldsEntry } from '../core/object/kubernetes-object.ts';
import type { ObjectRef } from './cluster.ts';

export interface ClusterWriter {
  /**
   * Server-side apply as manager `trueup`, conflicts forced. A `uid` or `resourceVersion` in the object's metadata is a
   * precondition (apply.stale); only a `uid` also keeps an object that is gone from being created anew. The faults carry
   * `object`, `fields`; the caller adds file and line.
   */
  apply(object: KubernetesObject, options: { dryRun: boolean }): Promise<KubernetesObject>;
  /** Rewrites `metadata.managedFields` and nothing else (merge patch; apply.stale when resourceVersion moved). */
  own(
    ref: ObjectRef,
    options: { managedFields: ManagedFieldsEntry[]; resourceVersion: string },
  ): Promise<KubernetesObject>;
}
