/** The actions that only set fields of the object: what most of them are. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Action, ActionInput } from './action.ts';
import { setField } from './set-field.ts';

/** undefined takes the field away. */
type FieldToSet = readonly [path: readonly string[], value: unknown];

/** An action without parameters. `whyNot`: as in Action; left out: it can always be done. */
export function simpleAction(
  name: string,
  change: (object: KubernetesObject, input: ActionInput) => readonly FieldToSet[],
  whyNot: Action['whyNot'] = () => null,
): Action {
  return {
    name,
    parameters: [],
    whyNot,
    run: (object, input) => {
      const resource = change(object, input).reduce((so, [path, value]) => setField(so, path, value), object);
      return [{ operation: 'patch', resource }];
    },
  };
}

/** `2026-01-31T12:03:04Z`, as Kubernetes writes times. */
export function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
