/** Takes an object from an answer, or says that it is none. */
import type { KubernetesObject } from '../../core/object/kubernetes-object.ts';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isObject(value: unknown): value is KubernetesObject {
  return (
    isRecord(value) &&
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    isRecord(value.metadata) &&
    typeof value.metadata.name === 'string'
  );
}

export function parseObject(value: unknown): KubernetesObject {
  if (isObject(value)) return value;
  throw new TypeError('the API server answered something that is no object');
}
