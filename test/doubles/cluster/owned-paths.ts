/** Which places of an object a writer sets, as an API server keeps them in `managedFields`: no schema, but list items by `name`. */
import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../../lib/core/object/is-record.ts';
import type { FieldsV1 } from '../../../lib/core/object/kubernetes-object.ts';

/** `f:data`, `k:{"name":"web"}`, `v:"x"`; `.` is the list item itself. */
export type OwnedPath = readonly string[];

type Value = Record<string, unknown>;

/** What the server writes, or takes as the name of the object: nobody's field. */
const identity = ['apiVersion', 'kind', 'status'];
const serverWritten = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
];

export function pathsOf(object: Value): OwnedPath[] {
  const { metadata, ...rest } = without(object, identity);
  const named = without(isRecord(metadata) ? metadata : {}, serverWritten);
  return [...pathsOfMap(rest), ...pathsOfMap(named).map((path) => ['f:metadata', ...path])];
}

function pathsOfMap(map: Value): OwnedPath[] {
  return Object.entries(map).flatMap(([name, value]) => pathsOfValue(value).map((path) => [`f:${name}`, ...path]));
}

function pathsOfValue(value: unknown): OwnedPath[] {
  if (isRecord(value) && Object.keys(value).length > 0) return pathsOfMap(value);
  if (!isKeyed(value)) return [[]];
  return value.flatMap((item) => [['.'], ...pathsOfMap(item)].map((path) => [itemKey(item), ...path]));
}

export function isKeyed(value: unknown): value is Value[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isRecord(item) && 'name' in item);
}

export function itemKey({ name }: Value): string {
  return `k:${JSON.stringify({ name })}`;
}

export function fieldsOf(paths: readonly OwnedPath[]): FieldsV1 {
  const fields: FieldsV1 = {};
  for (const path of paths) {
    let at = fields;
    for (const segment of path) {
      at[segment] ??= {};
      at = at[segment];
    }
  }
  return fields;
}

export function pathsIn(fields: FieldsV1): OwnedPath[] {
  const entries = Object.entries(fields);
  if (entries.length === 0) return [[]];
  return entries.flatMap(([segment, below]) => pathsIn(below).map((path) => [segment, ...path]));
}

export function valueAt(object: unknown, path: OwnedPath): unknown {
  return path.reduce<unknown>((at, segment) => {
    if (segment === '.') return at;
    if (segment.startsWith('f:')) return isRecord(at) ? at[segment.slice(2)] : undefined;
    return isKeyed(at) ? at.find((item) => itemKey(item) === segment) : undefined;
  }, object);
}

/** Takes the value away, and every map and list that it leaves empty. */
export function removeAt(object: Value, path: OwnedPath): void {
  const [segment, ...rest] = path;
  if (segment === undefined || !segment.startsWith('f:')) return;
  const name = segment.slice(2);
  const below = object[name];
  const [next = '', ...further] = rest;
  if (rest.length === 0) delete object[name];
  else if (next.startsWith('k:') && isKeyed(below)) {
    const item = below.find((one) => itemKey(one) === next);
    if (further[0] === '.') object[name] = below.filter((one) => one !== item);
    else if (item !== undefined) removeAt(item, further);
  } else if (isRecord(below)) removeAt(below, rest);
  const left = object[name];
  if ((Array.isArray(left) || isRecord(left)) && Object.keys(left).length === 0) delete object[name];
}

/** Maps field by field, items by name; everything else is replaced whole. */
export function merge(live: unknown, wanted: unknown): unknown {
  if (isRecord(live) && isRecord(wanted)) {
    const merged = Object.entries(wanted).map(([name, value]) => [name, merge(live[name], value)]);
    return { ...live, ...Object.fromEntries(merged) };
  }
  if (!isKeyed(live) || !isKeyed(wanted)) return structuredClone(wanted);
  const same = (item: Value) => live.find((one) => itemKey(one) === itemKey(item));
  const others = live.filter((item) => !wanted.some((one) => itemKey(one) === itemKey(item)));
  return [...wanted.map((item) => merge(same(item), item)), ...others];
}

export function isIn(path: OwnedPath, paths: readonly OwnedPath[]): boolean {
  return paths.some((one) => isDeepStrictEqual(one, path));
}

function without(map: Value, names: readonly string[]): Value {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !names.includes(name)));
}
