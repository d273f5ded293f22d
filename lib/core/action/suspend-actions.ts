/** Stops and continues what has `spec.suspend`: jobs, and what Flux reconciles. */
import { fieldAt } from '../health/read-field.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Action } from './action.ts';
import { simpleAction } from './simple-action.ts';

export const suspend: Action = simpleAction(
  'suspend',
  () => [[['spec', 'suspend'], true]],
  (object) => (isSuspended(object) ? 'it is suspended' : null),
);

export const resumeSuspended: Action = simpleAction(
  'resume',
  () => [[['spec', 'suspend'], false]],
  (object) => (isSuspended(object) ? null : 'it is not suspended'),
);

export function isSuspended(object: KubernetesObject): boolean {
  return fieldAt(object, 'spec', 'suspend') === true;
}
