/** Says what keeps the pods of a workload from running: the worst of them, what its events and its claims add, and the end of its log. */
import { type Blocker, explainDegraded } from '../core/health/explain-degraded.ts';
import { listAt, textAt } from '../core/health/read-field.ts';
import { tellingEvent } from '../core/health/telling-event.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { Cluster } from '../ports/cluster.ts';
import { readEvents } from './read-events.ts';

export type Asked = Pick<Cluster, 'facts' | 'list' | 'read' | 'podLog'>;

const quotedLines = 5;
/** Every pod starts with these: by themselves they say nothing yet. */
const passing = ['ContainerCreating', 'ReadinessProbeFailing', 'StartupProbeFailing'];

/** null: nothing is wrong. */
export async function explainPods(pods: readonly KubernetesObject[], cluster: Asked): Promise<string | null> {
  const blocker = explainDegraded(pods);
  return blocker === null ? null : withLog(blocker.because, blocker, cluster);
}

/** null also where only time is missing, as far as anybody can tell. */
export async function explainPodsEarly(pods: readonly KubernetesObject[], cluster: Asked): Promise<string | null> {
  const blocker = explainDegraded(pods);
  if (blocker === null) return null;
  const pod = pods.find(({ metadata }) => metadata.name === blocker.pod.name);
  const more = pod === undefined ? '' : await sayMore(pod, blocker, cluster);
  if (more === '' && passing.includes(blocker.reason)) return null;
  return withLog(`${blocker.because} (${blocker.reason})${more === '' ? '' : `; ${more}`}`, blocker, cluster);
}

async function withLog(said: string, { log }: Blocker, { podLog }: Asked): Promise<string> {
  const quoted = log === null ? '' : await podLog(log, quotedLines);
  return quoted === '' ? said : `${said}\n${quoted.trimEnd()}`;
}

/** A volume or secret that cannot be mounted is told by the events of the pod; why no node takes it may be told by those of a claim. */
async function sayMore(pod: KubernetesObject, { reason }: Blocker, cluster: Asked): Promise<string> {
  if (passing.includes(reason)) return sayEvent(await eventsOf(pod, cluster));
  if (reason !== 'Unschedulable') return '';
  for (const volume of listAt(pod, 'spec', 'volumes')) {
    const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
    const { namespace = '' } = pod.metadata;
    const claim =
      name === '' ? null : await cluster.read({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name });
    if (claim === null || textAt(claim, 'status', 'phase') !== 'Pending') continue;
    const said = sayEvent(await eventsOf(claim, cluster));
    if (said !== '') return `PersistentVolumeClaim ${name}: ${said}`;
  }
  return '';
}

function eventsOf({ metadata }: KubernetesObject, cluster: Asked): Promise<KubernetesObject[]> {
  return readEvents({ namespace: metadata.namespace ?? '', uid: metadata.uid ?? '' }, cluster);
}

/** Empty: they tell nothing. */
export function sayEvent(events: readonly KubernetesObject[]): string {
  const event = tellingEvent(events);
  return event === null ? '' : `${event.message} (${event.reason})`;
}
