/** Actions on what runs pods for as long as it is there: Deployment, StatefulSet, DaemonSet. */
import { Fault } from '../fault/fault.ts';
import { fieldAt } from '../health/read-field.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Action } from './action.ts';
import { setField } from './set-field.ts';
import { simpleAction, timeOf } from './simple-action.ts';

/** What `kubectl rollout restart` sets: the changed template makes every pod anew. */
export const restart: Action = simpleAction(
  'restart',
  (_, { now }) => [[['spec', 'template', 'metadata', 'annotations', 'kubectl.kubernetes.io/restartedAt'], timeOf(now)]],
  (object) => (isPaused(object) ? 'it is paused: nothing would happen before it is resumed' : null),
);

export const pause: Action = simpleAction(
  'pause',
  () => [[['spec', 'paused'], true]],
  (object) => (isPaused(object) ? 'it is paused' : null),
);

export const resume: Action = simpleAction(
  'resume',
  () => [[['spec', 'paused'], false]],
  (object) => (isPaused(object) ? null : 'it is not paused'),
);

export const scale: Action = {
  name: 'scale',
  parameters: [{ name: 'replicas', says: 'how many pods', default: null }],
  whyNot: () => null,
  run: (object, { parameters: { replicas = '' } }) => {
    if (!/^\d{1,6}$/.test(replicas)) {
      const facts = { action: 'scale', parameter: 'replicas', found: `"${replicas}"`, allowed: 'a whole number' };
      throw new Fault('action.parameter_invalid', facts);
    }
    return [{ operation: 'patch', resource: setField(object, ['spec', 'replicas'], Number(replicas)) }];
  },
};

function isPaused(object: KubernetesObject): boolean {
  return fieldAt(object, 'spec', 'paused') === true;
}
