/** How the hooks of a sync fare. One that is gone (its TTL, garbage collection) is looked up in a watch from where it was last seen. */
import { Fault } from '../core/fault/fault.ts';
import type { Assess } from '../core/health/assess-health.ts';
import { type HookRun, isRunning } from '../core/hook/hook-run.ts';
import { judgeHook } from '../core/hook/judge-hook.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { hookLabel } from '../core/object/tracking.ts';
import type { Cluster } from '../ports/cluster.ts';
import { explainHook, explainHookEarly } from './explain-hook.ts';
import { inParallel } from './in-parallel.ts';
import { refOf } from './ref-of.ts';

type Watched = Pick<Cluster, 'read' | 'facts' | 'changes' | 'list' | 'podLog'>;
type Where = { cluster: Watched; assess: Assess };

export function lookAtHooks(hooks: readonly HookRun[], where: Where): Promise<HookRun[]> {
  return inParallel(hooks, async (hook) => (isRunning(hook) ? lookAtHook(hook, where) : hook));
}

async function lookAtHook(hook: HookRun, { cluster, assess }: Where): Promise<HookRun> {
  const live = await cluster.read(refOf(hook));
  if (live === null || live.metadata.uid !== hook.uid) return endOf(hook, { cluster, assess });
  const judged = judgeHook(live, assess);
  const because = judged.outcome === 'failed' ? await explainHook(live, hook, judged.because, cluster) : judged.because;
  const trouble = judged.outcome === 'running' ? await explainHookEarly(live, hook, cluster) : '';
  const { trouble: _, ...before } = hook;
  const now = trouble === '' ? before : { ...before, trouble };
  return { ...now, ...judged, because, position: live.metadata.resourceVersion ?? hook.position };
}

async function endOf(hook: HookRun, { cluster, assess }: Where): Promise<HookRun> {
  const last = await lastSeen(hook, cluster);
  const judged = last === null ? null : judgeHook(last, assess);
  if (judged !== null && judged.outcome !== 'running') return { ...hook, ...judged };
  const because =
    judged === null ? 'it is gone, and nobody saw how it ended' : `it was deleted while it ran: ${judged.because}`;
  return { ...hook, outcome: 'failed', because };
}

const quietMs = 500;

/** Its last state before it went; null: too long ago for the API server to tell. */
async function lastSeen(
  { apiVersion, key, uid, position }: HookRun,
  cluster: Watched,
): Promise<KubernetesObject | null> {
  const { kinds } = await cluster.facts();
  const served = kinds.find((each) => each.apiVersion === apiVersion && each.kind === key.kind);
  if (served === undefined) return null;
  let last: KubernetesObject | null = null;
  try {
    const selection = { from: position, labelSelector: hookLabel, quietMs };
    const changes = cluster.changes(served, served.namespaced ? { ...selection, namespace: key.namespace } : selection);
    for await (const change of changes) {
      if (change.type === 'EXPIRED') return null;
      if (change.type !== 'BOOKMARK' && change.object.metadata.uid === uid) last = change.object;
    }
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'cluster.forbidden') throw error;
    return null;
  }
  return last;
}
