/** What a merge patch (RFC 7386) makes of an object, and which part of it counts. */
import { isRecord } from '../../../lib/core/object/is-record.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';

export function mergePatched(live: KubernetesObject, patch: Record<string, unknown>): KubernetesObject {
  return { ...live, ...merge(live, patch) };
}

/** A kind without a status of its own takes it with the object. */
export function partOf(
  patch: Record<string, unknown>,
  part: 'object' | 'status',
  { kind }: KubernetesObject,
): Record<string, unknown> {
  if (kind === 'ConfigMap' || kind === 'Secret') return patch;
  const { status, ...rest } = patch;
  return part === 'object' ? rest : { status };
}

function merge(before: unknown, patch: Record<string, unknown>): Record<string, unknown> {
  const merged = isRecord(before) ? { ...before } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = isRecord(value) ? merge(merged[name], value) : value;
  }
  return merged;
}
