/** A hash that is equal for equal objects, whatever the order of their keys. Secret values enter it keyed. */
import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { sealSecret } from '../record/seal-secrets.ts';

export function hashObject(object: KubernetesObject, key: Uint8Array): string {
  return hashValue(sealSecret(object, key));
}

export function hashValue(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)
    .join(',')}}`;
}
