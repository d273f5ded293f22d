/**
 * The values of an object at the fields an owner entry names (KEP-555). List items are found by their keys and sets by
 * their values, so two projections compare field by field whatever the order of a list.
 */
import { isDeepStrictEqual } from 'node:util';
import type { FieldsV1 } from '../object/kubernetes-object.ts';

/** A field that is named but not there projects to undefined; an empty map is a leaf and compares by presence. */
export function projectFields(value: unknown, fields: FieldsV1): unknown {
  const names = Object.keys(fields).filter((name) => name !== '.');
  if (value === undefined || names.length === 0) return value;
  const projected: Record<string, unknown> = {};
  for (const name of names) {
    const below = fields[name] ?? {};
    projected[name] = projectFields(memberOf(value, name), below);
  }
  return projected;
}

/** What a segment of a field path (`f:name`, `k:{…}`, `v:…`, `i:0`) names inside a value; undefined when it is not there. */
export function memberOf(value: unknown, segment: string): unknown {
  const name = segment.slice(2);
  if (Array.isArray(value)) return itemOf(value, segment[0] ?? '', name);
  if (typeof value !== 'object' || value === null || !segment.startsWith('f:')) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function itemOf(list: readonly unknown[], sort: string, name: string): unknown {
  if (sort === 'i') return list[Number(name)];
  const wanted: unknown = JSON.parse(name);
  if (sort === 'v') return list.find((item) => isDeepStrictEqual(item, wanted));
  return list.find((item) => hasKeys(item, wanted));
}

function hasKeys(item: unknown, keys: unknown): boolean {
  if (typeof item !== 'object' || item === null || typeof keys !== 'object' || keys === null) return false;
  return Object.entries(keys).every(([name, value]) =>
    isDeepStrictEqual((item as Record<string, unknown>)[name], value),
  );
}

/** A projected value as people know it: maps by their names, lists without their keys. */
export function unproject(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.some(([name]) => !/^[fkvi]:/.test(name))) return value;
  if (entries.every(([name]) => name.startsWith('f:')))
    return Object.fromEntries(entries.map(([name, item]) => [name.slice(2), unproject(item)]));
  return entries.map(([, item]) => unproject(item));
}
