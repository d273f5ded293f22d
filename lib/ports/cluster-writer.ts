/** Changes one cluster: the only way anything of ours is created or updated there. Faults: `apply.*`, `cluster.*`. */
import type { KubernetesObject, ManagedFieldsEntry } from '../core/object/kubernetes-object.ts';
import type { ObjectRef } from './cluster.ts';

export type WriteOptions = {
  /** Told what would become of it, nothing is changed. */
  dryRun: boolean;
  /** False: fields that the kind does not have are passed over where the server can (`Validate=false`). Else they are refused. */
  validate?: boolean;
  /** Whose fields they are to be; `trueup` where nothing is said. */
  manager?: string;
  /** Called right before each sending, repetitions included; what it throws is thrown, and nothing is sent. */
  guard?: (() => void) | undefined;
};

export interface ClusterWriter {
  /**
   * Server-side apply as manager `trueup`, conflicts forced. A `uid` or `resourceVersion` in the object's metadata is a
   * precondition (apply.stale); only a `uid` also keeps an object that is gone from being created anew. `absent`: apply.stale
   * when there is one of that name. The faults carry `object`, `fields`; the caller adds file and line.
   */
  apply(object: KubernetesObject, options: WriteOptions & { absent?: boolean }): Promise<KubernetesObject>;
  /**
   * Makes the whole object what is given, and ours as by `apply`: what others added goes, but for what the server sets,
   * finalizers and owners. `live` is the object as it was read; apply.stale when it moved on.
   */
  replace(object: KubernetesObject, options: WriteOptions & { live: KubernetesObject }): Promise<KubernetesObject>;
  /** What the server says to creating it if nothing of that name were there. Changes nothing. */
  rehearseCreate(object: KubernetesObject, options: Pick<WriteOptions, 'validate'>): Promise<void>;
  /** Rewrites `metadata.managedFields` and nothing else (merge patch; apply.stale when resourceVersion moved). */
  own(
    ref: ObjectRef,
    options: { managedFields: ManagedFieldsEntry[]; resourceVersion: string; guard?: WriteOptions['guard'] },
  ): Promise<KubernetesObject>;
}
