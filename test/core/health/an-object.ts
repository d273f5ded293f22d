/** A small object for tests that care about one or two of its fields. */
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';

export function anObject(fields: Record<string, unknown>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'thing', namespace: 'shop' }, ...fields };
}
