/** Sets one field of an object, in a copy. */
import { isRecord } from '../object/is-record.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';

/** The maps on the way are made where they are missing; undefined takes the field away. */
export function setField(object: KubernetesObject, path: readonly string[], value: unknown): KubernetesObject {
  return { ...object, ...set(object, path, value) };
}

function set(here: unknown, [name, ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  const before = isRecord(here) ? here : {};
  if (name === undefined) return before;
  if (rest.length === 0) return { ...before, [name]: value };
  return { ...before, [name]: set(before[name], rest, value) };
}
