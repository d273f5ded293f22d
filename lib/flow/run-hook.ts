/** Starts one hook: the one of an earlier sync makes room, and of this sync there is only ever one. Safe to run again after a kill. */
import { Fault } from '../core/fault/fault.ts';
import { hookAnnotations } from '../core/hook/hook.ts';
import type { HookRun } from '../core/hook/hook-run.ts';
import { judgeHook } from '../core/hook/judge-hook.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey } from '../core/object/object-key.ts';
import { hookLabel, operationAnnotation } from '../core/object/tracking.ts';
import type { Desired } from '../core/plan/desired.ts';
import type { RunningHook } from '../core/plan/plan.ts';
import type { Ports } from '../ports/ports.ts';
import { locateFault } from './locate-fault.ts';
import { refOf } from './ref-of.ts';
import { whileStale } from './while-stale.ts';

/**
 * Faults sync.hook_in_the_way while the earlier one is being deleted, sync.hook_name_taken, apply.*. As with every write, the
 * state that was read is named: a worker that was stopped in between cannot bring the hook of an earlier sync back.
 */
export async function runHook(
  change: RunningHook,
  wanted: Desired,
  clusterName: string,
  ports: Ports,
): Promise<HookRun> {
  const cluster = ports.cluster(clusterName);
  return whileStale(async () => {
    const live = await cluster.read(refOf(wanted));
    if (live !== null && isOfThisSync(live, wanted)) return runOf(change, live, ports);
    const isReplaced = live !== null && change.deletePolicies.includes('BeforeHookCreation');
    if (isReplaced) await makeRoom(live, wanted, cluster);
    const made = await locateFault(wanted, clusterName, () =>
      live === null || isReplaced
        ? cluster.apply(wanted.object, { dryRun: false, absent: true })
        : cluster.apply(overLive(wanted, live), { dryRun: false }),
    );
    return runOf(change, made, ports);
  });
}

function overLive({ object }: Desired, { metadata: { uid = '', resourceVersion = '' } }: KubernetesObject) {
  return { ...object, metadata: { ...object.metadata, uid, resourceVersion } };
}

function isOfThisSync(live: KubernetesObject, { object }: Desired): boolean {
  return live.metadata.annotations?.[operationAnnotation] === object.metadata.annotations?.[operationAnnotation];
}

async function makeRoom(live: KubernetesObject, wanted: Desired, cluster: ReturnType<Ports['cluster']>): Promise<void> {
  const facts = { object: formatKey(wanted.key), kind: wanted.key.kind, namespace: wanted.key.namespace };
  if (!wasHook(live)) throw new Fault('sync.hook_name_taken', { ...wanted.origin, ...facts });
  const { uid, deletionTimestamp } = live.metadata;
  if (uid !== undefined && deletionTimestamp === undefined) {
    await cluster.remove(refOf(wanted), { uid, propagation: 'Background' });
    if ((await cluster.read(refOf(wanted))) === null) return;
  }
  throw new Fault('sync.hook_in_the_way', facts);
}

/** Ours, or one that Argo CD or Helm left. */
function wasHook({ metadata: { labels, annotations } }: KubernetesObject): boolean {
  return labels?.[hookLabel] !== undefined || hookAnnotations.some((each) => annotations?.[each] !== undefined);
}

function runOf(
  { key, apiVersion, phase, deletePolicies }: RunningHook,
  live: KubernetesObject,
  { assess }: Ports,
): HookRun {
  const { uid = '', resourceVersion = '' } = live.metadata;
  return { key, apiVersion, phase, deletePolicies, uid, position: resourceVersion, ...judgeHook(live, assess) };
}
