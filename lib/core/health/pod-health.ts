/** Health of a Pod, by Argo CD's rules (gitops-engine health_pod.go). */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { fieldAt, listAt, numberAt, textAt } from './read-field.ts';

/** Argo CD's way to have a pod that is not restarted judged like one that is: for pods that are no hooks. */
const ignoreRestartPolicy = 'argocd.argoproj.io/ignore-restart-policy';

export function podHealth(object: KubernetesObject): Health {
  const runsForEver = isMeantToRun(object);
  const failing = runsForEver ? listAt(object, 'status', 'containerStatuses').filter(cannotStart) : [];
  if (failing.length > 0) return { status: 'Degraded', because: failing.map(sayWaiting).join('; ') };

  const phase = textAt(object, 'status', 'phase');
  const message = textAt(object, 'status', 'message');
  switch (phase) {
    case 'Succeeded':
      return { status: 'Healthy' };
    case 'Failed':
      return { status: 'Degraded', because: message || sayFailure(object) };
    case 'Pending':
      return { status: 'Progressing', because: message || sayPending(object) };
    case 'Running':
      return runsForEver
        ? runningHealth(object, message)
        : { status: 'Progressing', because: message || 'The pod has not finished yet' };
    default:
      return { status: 'Unknown', because: message || `The pod is in phase ${phase || 'unknown'}` };
  }
}

/**
 * A pod that may end is not Degraded for a start that fails: it is often a hook, and a sync would be given up
 * although the pod still runs once its image is there.
 */
function isMeantToRun(object: KubernetesObject): boolean {
  const policy = textAt(object, 'spec', 'restartPolicy') || 'Always';
  return policy === 'Always' || object.metadata.annotations?.[ignoreRestartPolicy] === 'true';
}

function cannotStart(container: unknown): boolean {
  const reason = textAt(container, 'state', 'waiting', 'reason');
  return reason.startsWith('Err') || reason.endsWith('Error') || reason.endsWith('BackOff');
}

function sayWaiting(container: unknown): string {
  const waiting = fieldAt(container, 'state', 'waiting');
  const [reason, message] = [textAt(waiting, 'reason'), textAt(waiting, 'message')];
  return `Container ${textAt(container, 'name')}: ${message === '' ? reason : `${reason}: ${message}`}`;
}

function runningHealth(object: KubernetesObject, message: string): Health {
  if (findCondition(object, 'Ready')?.status === 'True') return { status: 'Healthy' };
  const containers = listAt(object, 'status', 'containerStatuses');
  const ended = containers.find((container) => fieldAt(container, 'lastState', 'terminated') !== undefined);
  if (ended !== undefined) {
    return {
      status: 'Degraded',
      because:
        message ||
        `Container ${textAt(ended, 'name')} ended before and is not ready: ${sayEnd(fieldAt(ended, 'lastState', 'terminated'))}`,
    };
  }
  const ready = containers.filter((container) => container.ready === true).length;
  return { status: 'Progressing', because: message || `${ready} of ${containers.length} containers are ready` };
}

function sayFailure(object: KubernetesObject): string {
  const containers = [
    ...listAt(object, 'status', 'initContainerStatuses'),
    ...listAt(object, 'status', 'containerStatuses'),
  ];
  const failed = containers.find((container) => {
    const terminated = fieldAt(container, 'state', 'terminated');
    return (
      textAt(terminated, 'message') !== '' ||
      textAt(terminated, 'reason') === 'OOMKilled' ||
      (numberAt(terminated, 'exitCode') ?? 0) !== 0
    );
  });
  if (failed !== undefined)
    return `Container ${textAt(failed, 'name')} failed: ${sayEnd(fieldAt(failed, 'state', 'terminated'))}`;
  return textAt(object, 'status', 'reason') || 'The pod has failed';
}

function sayEnd(terminated: unknown): string {
  const reason = textAt(terminated, 'reason');
  const code = `exit code ${numberAt(terminated, 'exitCode') ?? 'unknown'}`;
  return textAt(terminated, 'message').trim() || (reason === '' || reason === 'Error' ? code : `${reason}, ${code}`);
}

function sayPending(object: KubernetesObject): string {
  const scheduled = findCondition(object, 'PodScheduled');
  return scheduled?.status === 'False' && scheduled.message !== '' ? scheduled.message : 'The pod has not started yet';
}
