/** Says why a hook failed, or what it waits for: the pod that blocks it, and the last lines of its log. */
import type { HookRun } from '../core/hook/hook-run.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { podSelector } from '../core/record/pod-selector.ts';
import { type Asked, explainPods, explainPodsEarly, sayEvent } from './explain-pods.ts';
import { podsOf } from './pods-of.ts';
import { readEvents } from './read-events.ts';

/** `because`: what the object itself says. */
export async function explainHook(
  live: KubernetesObject,
  { key }: HookRun,
  because: string,
  cluster: Asked,
): Promise<string> {
  const said = await explainPods(await podsIn(live, key, cluster), cluster);
  return said === null ? because : `${because}. ${said}`;
}

/** Of one that runs; empty: only time is missing, as far as anybody can tell. */
export async function explainHookEarly(live: KubernetesObject, { key }: HookRun, cluster: Asked): Promise<string> {
  const said = await explainPodsEarly(await podsIn(live, key, cluster), cluster);
  const { namespace } = key;
  return said ?? sayEvent(await readEvents({ namespace, uid: live.metadata.uid ?? '' }, cluster));
}

async function podsIn(live: KubernetesObject, key: HookRun['key'], cluster: Asked): Promise<KubernetesObject[]> {
  if (key.kind === 'Pod') return [live];
  return podsOf(key, key.kind === 'Job' ? podSelector(live) : null, cluster);
}
