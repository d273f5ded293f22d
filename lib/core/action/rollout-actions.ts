/**
 * Actions on a Rollout of Argo Rollouts, setting what `kubectl argo rollouts` sets; its controller reads several of its orders
 * from the status (argo-rollouts.readthedocs.io, "Kubectl Plugin").
 */
import { fieldAt, listAt, numberAt, textAt } from '../health/read-field.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Action } from './action.ts';
import { simpleAction, timeOf } from './simple-action.ts';
import { pause } from './workload-actions.ts';

const abort = simpleAction(
  'abort',
  () => [[['status', 'abort'], true]],
  (object) => (isAborted(object) ? 'it is aborted' : whyNotUnderWay(object)),
);

const retry = simpleAction(
  'retry',
  () => [[['status', 'abort'], false]],
  (object) => (isAborted(object) ? null : 'it is not aborted'),
);

const resume = simpleAction(
  'resume',
  () => [
    [['spec', 'paused'], false],
    [['status', 'pauseConditions'], undefined],
  ],
  (object) => {
    const isPaused =
      fieldAt(object, 'spec', 'paused') === true || listAt(object, 'status', 'pauseConditions').length > 0;
    return isPaused ? null : 'it is not paused';
  },
);

const promoteFull = simpleAction(
  'promote-full',
  () => [[['status', 'promoteFull'], true]],
  (object) => (fieldAt(object, 'status', 'promoteFull') === true ? 'it is being promoted' : whyNotUnderWay(object)),
);

const skipCurrentStep = simpleAction(
  'skip-current-step',
  (object) => [
    [['status', 'pauseConditions'], undefined],
    [['status', 'currentStepIndex'], currentStep(object) + 1],
  ],
  (object) => {
    const steps = listAt(object, 'spec', 'strategy', 'canary', 'steps').length;
    if (steps === 0) return 'it has no steps';
    return currentStep(object) >= steps ? 'all its steps are done' : null;
  },
);

const restart = simpleAction('restart', (_, { now }) => [[['spec', 'restartAt'], timeOf(now)]]);

export const rolloutActions: readonly Action[] = [abort, pause, promoteFull, restart, resume, retry, skipCurrentStep];

const ended = ['Successful', 'Failed', 'Error', 'Inconclusive'];

export const terminateAnalysis: Action = simpleAction(
  'terminate',
  () => [[['spec', 'terminate'], true]],
  (object) => (ended.includes(textAt(object, 'status', 'phase')) ? 'it has ended' : null),
);

function isAborted(object: KubernetesObject): boolean {
  return fieldAt(object, 'status', 'abort') === true;
}

/** Its controller calls the version that all traffic goes to stable. */
function whyNotUnderWay(object: KubernetesObject): string | null {
  const stable = textAt(object, 'status', 'stableRS');
  return stable !== '' && stable === textAt(object, 'status', 'currentPodHash') ? 'nothing is being rolled out' : null;
}

function currentStep(object: KubernetesObject): number {
  return numberAt(object, 'status', 'currentStepIndex') ?? 0;
}
