/** Says why an Application is Degraded: the pod that blocks, its reason and the last lines of its log. */
import { explainDegraded } from '../core/health/explain-degraded.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { podSelector } from '../core/record/pod-selector.ts';
import type { RecordedObject } from '../core/record/record.ts';
import type { Entry } from '../ports/applications.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { Ports } from '../ports/ports.ts';
import { loadRecord } from './stored-json.ts';

const quotedLines = 5;

type Asked = Pick<Cluster, 'podLog'>;

export async function explainHealth({ cluster, state }: Entry, ports: Ports): Promise<string> {
  const record = await loadRecord(state.record, ports);
  const degraded = Object.values(record.objects).find(({ applied }) => applied?.health?.status === 'Degraded');
  const pods = degraded === undefined ? [] : await podsOf(degraded, cluster, ports);
  return (await sayBlocker(pods, ports.cluster(cluster))) ?? state.health.because;
}

/** What is wrong with the worst of these pods, and the last lines of its log; null: nothing is. */
export async function sayBlocker(pods: readonly KubernetesObject[], cluster: Asked): Promise<string | null> {
  const blocker = explainDegraded(pods);
  if (blocker === null) return null;
  const log = blocker.log === null ? '' : await cluster.podLog(blocker.log, quotedLines);
  return log === '' ? blocker.because : `${blocker.because}\n${log.trimEnd()}`;
}

async function podsOf({ key, manifest }: RecordedObject, cluster: string, ports: Ports): Promise<KubernetesObject[]> {
  const labelSelector = podSelector(manifest);
  const { kinds } = await ports.cluster(cluster).facts();
  const pod = kinds.find(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Pod');
  if (labelSelector === null || pod === undefined) return [];
  const { items } = await ports.cluster(cluster).list(pod, { labelSelector, namespace: key.namespace });
  return Array.fromAsync(items);
}
