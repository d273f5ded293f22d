/** Says why objects do not get healthy while they are still waited for: a pod that cannot start tells so long before any deadline. */
import { explainDegraded } from '../core/health/explain-degraded.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey } from '../core/object/object-key.ts';
import { podSelector } from '../core/record/pod-selector.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import type { Cluster } from '../ports/cluster.ts';
import { inParallel } from './in-parallel.ts';

type Asked = Pick<Cluster, 'facts' | 'list' | 'podLog'>;

/** Of a hundred workloads that wait, these are looked into: what stops them is mostly one thing. */
const lookedInto = 3;
const quotedLines = 5;
/** Every pod starts with these: they say nothing yet. */
const passing = ['ContainerCreating', 'ReadinessProbeFailing', 'StartupProbeFailing'];

/** One sentence a culprit, with the end of its log; empty: nothing stands in the way that time alone would not clear. */
export async function explainEarly({ objects }: ApplicationRecord, cluster: Asked): Promise<string> {
  const waiting = Object.values(objects).filter(isWaiting).slice(0, lookedInto);
  const found = await inParallel(waiting, async (recorded) => {
    const said = await sayTrouble(await podsOf(recorded, cluster), cluster);
    return said === null ? [] : [`${formatKey(recorded.key)}: ${said}`];
  });
  return found.flat().join('\n');
}

function isWaiting({ applied, manifest }: RecordedObject): boolean {
  const status = applied?.health?.status;
  return (status === 'Progressing' || status === 'Degraded') && podSelector(manifest) !== null;
}

async function sayTrouble(pods: readonly KubernetesObject[], { podLog }: Asked): Promise<string | null> {
  const blocker = explainDegraded(pods);
  if (blocker === null || passing.includes(blocker.reason)) return null;
  const log = blocker.log === null ? '' : await podLog(blocker.log, quotedLines);
  const said = `${blocker.because} (${blocker.reason})`;
  return log === '' ? said : `${said}\n${log.trimEnd()}`;
}

async function podsOf({ key, manifest }: RecordedObject, cluster: Asked): Promise<KubernetesObject[]> {
  const labelSelector = podSelector(manifest);
  const { kinds } = await cluster.facts();
  const pod = kinds.find(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Pod');
  if (labelSelector === null || pod === undefined) return [];
  return Array.fromAsync((await cluster.list(pod, { labelSelector, namespace: key.namespace })).items);
}
