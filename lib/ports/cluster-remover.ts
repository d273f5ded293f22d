/** Deletes from one cluster: the only way anything is removed there. */
import type { ObjectRef } from './cluster.ts';

export interface ClusterRemover {
  /** Only the object with this uid is deleted (apply.stale otherwise). 'absent': it was gone already. */
  remove(
    ref: ObjectRef,
    options: { uid: string; propagation: 'Foreground' | 'Background' | 'Orphan' },
  ): Promise<'removed' | 'absent'>;
}
