/** Deletes hooks that have done their work, as their policies say. */
import { Fault } from '../core/fault/fault.ts';
import type { HookRun } from '../core/hook/hook-run.ts';
import { fencedCluster } from './fenced-cluster.ts';
import { inParallel } from './in-parallel.ts';
import type { Run } from './outcome.ts';
import { refOf } from './ref-of.ts';

export async function removeHooks(hooks: readonly HookRun[], { entry, lease, ports }: Run): Promise<void> {
  const cluster = fencedCluster(entry.cluster, lease, ports);
  await inParallel(hooks, async (hook) => {
    try {
      await cluster.remove(refOf(hook), { uid: hook.uid, propagation: 'Background' });
    } catch (error) {
      // Another one of that name is there by now: not the one that was meant.
      if (!(error instanceof Fault) || error.code !== 'apply.stale') throw error;
    }
  });
}
