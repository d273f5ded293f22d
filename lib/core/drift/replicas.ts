/** How many replicas an object asks for: the one field that Git, people and autoscalers all like to set. */
import { isRecord } from '../object/is-record.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { FieldPath } from './field-paths.ts';

export const replicasPath: FieldPath = ['f:spec', 'f:replicas'];

export function isReplicas(path: FieldPath): boolean {
  return path.length === replicasPath.length && path.every((segment, index) => segment === replicasPath[index]);
}

/** undefined: it does not say. */
export function replicasOf({ spec }: KubernetesObject): unknown {
  return isRecord(spec) ? spec.replicas : undefined;
}
