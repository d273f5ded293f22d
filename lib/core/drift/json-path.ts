/** Places in JSON, as jq's `path()` and JSON pointers name them: by name and by index. */
import { isRecord } from '../object/is-record.ts';
import type { FieldPath } from './field-paths.ts';
import { memberOf } from './project-fields.ts';

export type JsonPath = readonly (string | number)[];

/**
 * Where a field path lies in this object: list items, which it names by key or value, by their index. It ends before the
 * first item that is not there.
 */
export function locatePath(object: unknown, path: FieldPath): JsonPath {
  const located: (string | number)[] = [];
  let here = object;
  for (const segment of path) {
    const below = memberOf(here, segment);
    if (segment.startsWith('f:')) located.push(segment.slice(2));
    else if (Array.isArray(here) && below !== undefined) located.push(here.indexOf(below));
    else break;
    here = below;
  }
  return located;
}

export function isWithin(path: JsonPath, above: JsonPath): boolean {
  return above.length <= path.length && above.every((part, index) => path[index] === part);
}

/** A copy without what lies at these paths; indices are those of before. */
export function removeJsonPaths(value: unknown, paths: readonly JsonPath[]): unknown {
  if (paths.length === 0) return value;
  if (paths.some((path) => path.length === 0)) return undefined;
  const below = (part: string | number) => paths.filter(([first]) => first === part).map(([, ...rest]) => rest);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const rest = below(index);
      return rest.some((path) => path.length === 0) ? [] : [removeJsonPaths(item, rest)];
    });
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const rest = below(name);
      return rest.some((path) => path.length === 0) ? [] : [[name, removeJsonPaths(item, rest)]];
    }),
  );
}

/** What lies there; undefined when nothing does. */
export function valueAtPath(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((here, step) => {
    if (Array.isArray(here)) return here[Number(step)];
    return isRecord(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }, value);
}

/** A copy with this value there; as it is where nothing leads there. */
export function withValueAt(value: unknown, [step, ...rest]: JsonPath, put: unknown): unknown {
  if (step === undefined) return put;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? withValueAt(item, rest, put) : item));
  }
  if (!isRecord(value)) return value;
  if (rest.length > 0 && !Object.hasOwn(value, step)) return value;
  return { ...value, [step]: withValueAt(value[step], rest, put) };
}

/** The same place in another version of the object, where items may stand in another order; null when that has no such item. */
export function translatePath(path: JsonPath, from: unknown, to: unknown): JsonPath | null {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  const there = Array.isArray(from) && Array.isArray(to) ? sameItem(from, Number(step), to) : step;
  if (there === null) return null;
  const below = translatePath(rest, valueAtPath(from, [step]), valueAtPath(to, [there]));
  return below === null ? null : [there, ...below];
}

/** Items with a name are told by it, others by where they stand. */
function sameItem(from: readonly unknown[], index: number, to: readonly unknown[]): number | null {
  const nameOf = (item: unknown) => (isRecord(item) ? item.name : undefined);
  const name = nameOf(from[index]);
  if (name === undefined) return index < to.length ? index : null;
  const there = to.findIndex((item) => nameOf(item) === name);
  return there < 0 ? null : there;
}
