/** What an item holds, by type. Another type than Trueup writes is a bug. */
import { Fault } from '../../core/fault/fault.ts';

export type Key = { pk: string; sk: string };
export type Item = Readonly<Record<string, unknown>>;

/** Stands in every item as `v`; raised when an older Trueup would misread what a newer one writes. */
export const version = 1;

/** Fault store.newer_schema. An item without `v` comes from an index that carries only keys, or is not there. */
export function checkVersion(item: Item, table: string): void {
  const found = item.v;
  if (typeof found === 'number' && found > version) {
    throw new Fault('store.newer_schema', { path: table, found, allowed: version });
  }
}

export function text(item: Item, attribute: string): string {
  const value = item[attribute];
  if (typeof value !== 'string') throw new TypeError(`the attribute ${attribute} holds no text`);
  return value;
}

export function textOrNull(item: Item, attribute: string): string | null {
  return item[attribute] === undefined ? null : text(item, attribute);
}

export function number(item: Item, attribute: string): number {
  const value = item[attribute];
  if (typeof value !== 'number') throw new TypeError(`the attribute ${attribute} holds no number`);
  return value;
}

export function numberOrNull(item: Item, attribute: string): number | null {
  return item[attribute] === undefined ? null : number(item, attribute);
}
