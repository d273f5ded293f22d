/** What a hook has come to, from the object that runs it. */
import type { Assess } from '../health/assess-health.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { HookRun } from './hook-run.ts';

/** As in Argo CD: a kind without health has succeeded once it is there. */
export function judgeHook(live: KubernetesObject, assess: Assess): Pick<HookRun, 'outcome' | 'because'> {
  const { deletionTimestamp: _, ...metadata } = live.metadata;
  // That it is being deleted says nothing about how it ended.
  const health = assess({ ...live, metadata });
  if (health === null || health.status === 'Healthy') return { outcome: 'succeeded', because: '' };
  const failed = health.status === 'Degraded' || health.status === 'Unknown';
  return { outcome: failed ? 'failed' : 'running', because: health.because };
}
