/** What the events of one object say stands in its way: the controller that has to do with it writes them, and nowhere else. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { numberAt, textAt } from './read-field.ts';

export type TellingEvent = { reason: string; message: string };

/** Written as Normal, and yet the reason why a claim gets no volume (k8s.io/kubernetes, pkg/controller/volume/persistentvolume). */
const tellingNormal = ['FailedBinding', 'WaitForFirstConsumer', 'WaitForPodScheduled', 'ExternalProvisioning'];

/** Said better by the pod itself. */
const saidElsewhere = ['BackOff', 'FailedScheduling'];

/** Whatever takes a while to start fails its probes at first. */
const probesThatCount = 5;

/** Only the last word counts: what was in the way before something went well is not in the way now. null: nothing is. */
export function tellingEvent(events: readonly KubernetesObject[]): TellingEvent | null {
  const [last] = events
    .filter((event) => !saidElsewhere.includes(textAt(event, 'reason')) && !isFirstProbe(event))
    .toSorted(
      (one, other) => timeOf(other).localeCompare(timeOf(one)) || Number(isTelling(other)) - Number(isTelling(one)),
    );
  if (last === undefined || !isTelling(last)) return null;
  return { reason: textAt(last, 'reason'), message: textAt(last, 'message').trim() };
}

function isFirstProbe(event: KubernetesObject): boolean {
  const times = numberAt(event, 'count') ?? numberAt(event, 'series', 'count') ?? 1;
  return textAt(event, 'reason') === 'Unhealthy' && times < probesThatCount;
}

function isTelling(event: KubernetesObject): boolean {
  return textAt(event, 'type') === 'Warning' || tellingNormal.includes(textAt(event, 'reason'));
}

/** RFC 3339 in UTC, cut to seconds: the fields differ in how exact they are. */
function timeOf(event: KubernetesObject): string {
  const times = [
    textAt(event, 'lastTimestamp'),
    textAt(event, 'series', 'lastObservedTime'),
    textAt(event, 'eventTime'),
    event.metadata.creationTimestamp ?? '',
  ];
  return (times.find((time) => time !== '') ?? '').slice(0, 19);
}
