/** Says why a hook failed: the pod that failed in it, and the last lines of its log. */
import type { HookRun } from '../core/hook/hook-run.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { Cluster } from '../ports/cluster.ts';
import { sayBlocker } from './explain-health.ts';
import { refOf } from './ref-of.ts';

type Asked = Pick<Cluster, 'read' | 'facts' | 'list' | 'podLog'>;

/** `because`: what the object itself says. */
export async function explainHook(hook: HookRun, because: string, cluster: Asked): Promise<string> {
  const blocker = await sayBlocker(await podsOf(hook, cluster), cluster);
  return blocker === null ? because : `${because}. ${blocker}`;
}

async function podsOf({ key, apiVersion }: HookRun, cluster: Asked): Promise<KubernetesObject[]> {
  if (key.kind === 'Pod') {
    const pod = await cluster.read(refOf({ key, apiVersion }));
    return pod === null ? [] : [pod];
  }
  const { kinds } = await cluster.facts();
  const pod = kinds.find(({ apiVersion: version, kind }) => version === 'v1' && kind === 'Pod');
  if (key.kind !== 'Job' || pod === undefined) return [];
  const labelSelector = `batch.kubernetes.io/job-name=${key.name}`;
  return Array.fromAsync((await cluster.list(pod, { labelSelector, namespace: key.namespace })).items);
}
