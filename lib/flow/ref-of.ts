/** How to ask a cluster for an object we want or have. */
import type { ObjectKey } from '../core/object/object-key.ts';
import type { ObjectRef } from '../ports/cluster.ts';

export function refOf(
  item: { key: ObjectKey } & ({ apiVersion: string } | { object: { apiVersion: string } }),
): ObjectRef {
  const { kind, namespace, name } = item.key;
  return { apiVersion: 'apiVersion' in item ? item.apiVersion : item.object.apiVersion, kind, namespace, name };
}
