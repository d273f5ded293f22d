/** Carries out what an action came to: the object, its status, and what is made besides. */
import type { Writes } from '../core/action/check-effects.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { ClusterPatcher, MergePatch } from '../ports/cluster-patcher.ts';
import { refOf } from './ref-of.ts';
import { whileStale } from './while-stale.ts';

type Means = Cluster & ClusterPatcher;
type How = { action: string; dryRun: boolean };

/**
 * The object as it is then, but for its status. Faults apply.stale, where it moved on and nothing was written; action.rejected,
 * where the cluster does not want it; cluster.*.
 */
export async function doWrites(
  live: KubernetesObject,
  { patch, status, creates }: Writes,
  how: How,
  cluster: Means,
): Promise<KubernetesObject> {
  const after = patch === null ? live : await write({ live, patch, part: 'object' }, how, cluster);
  if (status !== null) {
    // What was just written may have set its controller to work already. A rehearsal has left it as it was.
    const isMoved = patch !== null && !how.dryRun;
    await (isMoved
      ? whileStale(async () =>
          write({ live: await again(live, how, cluster), patch: status, part: 'status' }, how, cluster),
        )
      : write({ live, patch: status, part: 'status' }, how, cluster));
  }
  for (const object of creates) {
    await rejecting(
      live,
      how,
      () => cluster.create(object, { dryRun: how.dryRun }),
      `${object.kind} ${object.metadata.name}`,
    );
  }
  return after;
}

function write(
  { live, patch, part }: { live: KubernetesObject; patch: MergePatch; part: 'object' | 'status' },
  how: How,
  cluster: Means,
): Promise<KubernetesObject> {
  const { resourceVersion = '' } = live.metadata;
  const ref = refOf({ key: keyOf(live), object: live });
  return rejecting(live, how, () => cluster.patch(ref, { patch, resourceVersion, part, dryRun: how.dryRun }));
}

async function again(live: KubernetesObject, { action }: How, cluster: Means): Promise<KubernetesObject> {
  const now = await cluster.read(refOf({ key: keyOf(live), object: live }));
  if (now !== null && now.metadata.uid === live.metadata.uid) return now;
  throw new Fault('action.rejected', { action, object: formatKey(keyOf(live)), because: 'it was deleted meanwhile' });
}

/** No file of Git is to blame, as it would be in a sync. `creating`: what is new, where something is. */
async function rejecting<Result>(
  live: KubernetesObject,
  { action }: How,
  task: () => Promise<Result>,
  creating?: string,
): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const isOurs = error.code.startsWith('apply.') || error.code === 'cluster.unknown_kind';
    if (!isOurs || (error.code === 'apply.stale' && creating === undefined)) throw error;
    const said = error.facts.because === undefined ? error.message : String(error.facts.because);
    const because = creating === undefined ? said : `${creating}: ${said}`;
    throw new Fault('action.rejected', { action, object: formatKey(keyOf(live)), because }, { cause: error });
  }
}
