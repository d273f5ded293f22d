/** Finds the pod that keeps a workload from getting healthy: what is wrong with it, in a sentence, and whose log to quote. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition } from './conditions.ts';
import { containerTroubles, type Trouble } from './container-troubles.ts';
import { textAt } from './read-field.ts';

export type Blocker = {
  pod: { namespace: string; name: string };
  /** null: the pod as a whole. */
  container: string | null;
  /** Kubernetes' own word where it has one: `CrashLoopBackOff`, `ImagePullBackOff`, `Unschedulable`, `OOMKilled`. */
  reason: string;
  because: string;
  /** Whose log tells more; null: nothing has run, so there is none. */
  log: { namespace: string; name: string; container: string } | null;
};

/** The first is the most telling: a crash says more than a pod that only waits behind it. */
const severity: readonly Trouble['kind'][] = [
  'crash',
  'image',
  'setup',
  'unschedulable',
  'failed',
  'probe',
  'creating',
];

/** `pods` are those of one workload, old and new. null: none of them is in trouble. */
export function explainDegraded(pods: readonly KubernetesObject[]): Blocker | null {
  const current = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
  const found = current.flatMap((pod) => troublesOf(pod).map((trouble) => ({ pod, trouble })));
  const [worst] = found.toSorted((one, other) => bySeverity(one.trouble, other.trouble) || byAge(one.pod, other.pod));
  if (worst === undefined) return null;

  const { pod, trouble } = worst;
  const alike = new Set(found.filter((other) => isAlike(other.trouble, trouble)).map((other) => other.pod)).size;
  const place = { namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
  return {
    pod: place,
    container: trouble.container,
    reason: trouble.reason,
    because: `${sayWhere(pod, trouble)} ${trouble.says}${alike > 1 ? ` (${alike} of ${current.length} pods)` : ''}`,
    log: trouble.hasLog && trouble.container !== null ? { ...place, container: trouble.container } : null,
  };
}

function troublesOf(pod: KubernetesObject): Trouble[] {
  const scheduled = findCondition(pod, 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') {
    return [podTrouble('unschedulable', 'Unschedulable', `cannot be scheduled: ${scheduled.message}`)];
  }
  const troubles = containerTroubles(pod);
  if (troubles.length > 0 || textAt(pod, 'status', 'phase') !== 'Failed') return troubles;
  const reason = textAt(pod, 'status', 'reason') || 'Failed';
  return [podTrouble('failed', reason, `has failed: ${textAt(pod, 'status', 'message') || reason}`)];
}

function podTrouble(kind: Trouble['kind'], reason: string, says: string): Trouble {
  return { kind, container: null, reason, says, hasLog: false };
}

function sayWhere(pod: KubernetesObject, trouble: Trouble): string {
  const name = `pod ${pod.metadata.namespace === undefined ? '' : `${pod.metadata.namespace}/`}${pod.metadata.name}`;
  return trouble.container === null ? `P${name.slice(1)}` : `Container ${trouble.container} of ${name}`;
}

function bySeverity(one: Trouble, other: Trouble): number {
  return severity.indexOf(one.kind) - severity.indexOf(other.kind);
}

/** The newest first: it belongs to the version that was just rolled out. Times are RFC 3339 in UTC and so sort as text. */
function byAge(one: KubernetesObject, other: KubernetesObject): number {
  return (other.metadata.creationTimestamp ?? '').localeCompare(one.metadata.creationTimestamp ?? '');
}

function isAlike(one: Trouble, other: Trouble): boolean {
  return one.reason === other.reason && one.container === other.container;
}
