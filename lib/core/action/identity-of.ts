/** Which object it is, and whose: what no action may change, by the names of the fields. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { isMark } from './is-mark.ts';

/** Labels, annotations and finalizers of people and controllers are the only metadata that is not of it. */
export function identityOf({ apiVersion, kind, metadata }: KubernetesObject): Record<string, unknown> {
  const { labels = {}, annotations = {}, finalizers: _, managedFields: __, ...rest } = metadata;
  return Object.fromEntries([
    ['apiVersion', apiVersion],
    ['kind', kind],
    ...Object.entries(rest).map(([name, value]) => [`metadata.${name}`, value]),
    ...marksOf('labels', labels),
    ...marksOf('annotations', annotations),
  ]);
}

function marksOf(where: string, values: Record<string, string>): [string, unknown][] {
  return Object.entries(values)
    .filter(([name]) => isMark(name))
    .map(([name, value]) => [`metadata.${where}.${name}`, value]);
}
