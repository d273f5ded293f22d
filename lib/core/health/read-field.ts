/** Reads fields of objects whose kind the caller knows; what is absent or of another type reads as if it were not there. */
import { isRecord } from '../object/is-record.ts';

export function fieldAt(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);
}

/** Absent is 0: Kubernetes leaves zero counts out of a status. */
export function countAt(value: unknown, ...path: string[]): number {
  return numberAt(value, ...path) ?? 0;
}

export function numberAt(value: unknown, ...path: string[]): number | null {
  const found = fieldAt(value, ...path);
  return typeof found === 'number' ? found : null;
}

/** Absent is the empty text. */
export function textAt(value: unknown, ...path: string[]): string {
  const found = fieldAt(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function listAt(value: unknown, ...path: string[]): Record<string, unknown>[] {
  const found = fieldAt(value, ...path);
  return Array.isArray(found) ? found.filter(isRecord) : [];
}
