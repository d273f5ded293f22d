/** Deletes from one cluster: the only way anything is removed there. */
import type { ObjectRef } from './cluster.ts';
import type { WriteOptions } from './cluster-writer.ts';

export type RemoveOptions = {
  uid: string;
  /** Not when it changed since. */
  resourceVersion?: string;
  propagation: 'Foreground' | 'Background' | 'Orphan';
  dryRun?: boolean;
  guard?: WriteOptions['guard'];
};

export interface ClusterRemover {
  /**
   * Only the object with this uid and resourceVersion is deleted (apply.stale otherwise). 'absent': it was gone already.
   * 'removed' says that it is being deleted: finalizers may keep it for a while.
   */
  remove(ref: ObjectRef, options: RemoveOptions): Promise<'removed' | 'absent'>;
}
