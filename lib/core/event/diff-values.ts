/** Compares two JSON values field by field; items of lists are matched by what names them. */
import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../object/is-record.ts';
import type { FieldChange } from './field-change.ts';
import { itemName, nameItems } from './name-items.ts';

/** What comes or goes with more fields than this is shown as a whole. */
const fewFields = 4;

export function diffValues(path: string, from: unknown, to: unknown): FieldChange[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (isRecord(from) && isRecord(to)) return diffMaps(path, from, to);
  if (Array.isArray(from) && Array.isArray(to)) return diffLists(path, from, to);
  if (path !== '' && from === undefined && isSmallMap(to)) return diffMaps(path, {}, to);
  if (path !== '' && to === undefined && isSmallMap(from)) return diffMaps(path, from, {});
  return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

function isSmallMap(value: unknown): value is Record<string, unknown> {
  const fields = isRecord(value) ? countFields(value) : 0;
  return fields > 0 && fields <= fewFields;
}

function countFields(value: unknown): number {
  return isRecord(value) ? Object.values(value).reduce<number>((sum, item) => sum + countFields(item), 0) : 1;
}

function diffMaps(path: string, from: Record<string, unknown>, to: Record<string, unknown>): FieldChange[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names.flatMap((name) => diffValues(memberPath(path, name), from[name], to[name]));
}

function memberPath(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `${path}["${name}"]`;
  return path === '' ? name : `${path}.${name}`;
}

function diffLists(path: string, from: unknown[], to: unknown[]): FieldChange[] {
  const fields = itemName(path, from, to);
  if (fields === null) return diffByPosition(path, from, to);
  const [before, after] = [nameItems(from, fields), nameItems(to, fields)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const changes = names.flatMap((name) => diffItems(`${path}[${name}]`, fields, before.get(name), after.get(name)));
  return changes.length > 0 ? changes : [{ path: `${path} (order)`, from: [...before.keys()], to: [...after.keys()] }];
}

/** The fields that name an item stand in its path already. */
function diffItems(path: string, fields: readonly string[], from: unknown, to: unknown): FieldChange[] {
  const [before, after] = [without(from, fields), without(to, fields)];
  const changes = diffValues(path, before, after);
  return changes.length > 0 || (from !== undefined && to !== undefined)
    ? changes
    : [{ path, ...(from === undefined ? { to } : { from }) }];
}

function without(item: unknown, fields: readonly string[]): unknown {
  if (!isRecord(item)) return item;
  const rest = Object.entries(item).filter(([name]) => !fields.includes(name));
  return Object.fromEntries(rest);
}

/** Texts and numbers in a list mean something together (a command line), so a list that grew or shrank is shown whole. */
function diffByPosition(path: string, from: unknown[], to: unknown[]): FieldChange[] {
  if (from.length !== to.length) return [{ path, from, to }];
  return from.flatMap((item, index) => diffValues(`${path}[${index}]`, item, to[index]));
}
