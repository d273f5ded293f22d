/** Cuts long values down to the place where they differ, so that a line of a ConfigMap can be read in a notice. */
import type { FieldChange } from './field-change.ts';

/** How much of what both have in common stays in front of the difference. */
const context = 24;

/** No value of the result is longer than about `maxLength` characters; maps and lists that are become JSON text. */
export function shortenChange({ path, from, to }: FieldChange, maxLength: number): FieldChange {
  const [before, after] = [flatten(from, maxLength), flatten(to, maxLength)];
  const start =
    typeof before === 'string' && typeof after === 'string' ? Math.max(0, commonStart(before, after) - context) : 0;
  const cut = (value: unknown) => (typeof value === 'string' ? cutText(value, start, maxLength) : value);
  return {
    path,
    ...(before === undefined ? {} : { from: cut(before) }),
    ...(after === undefined ? {} : { to: cut(after) }),
  };
}

function flatten(value: unknown, maxLength: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const text = JSON.stringify(value);
  return text.length > maxLength ? text : value;
}

function commonStart(one: string, other: string): number {
  const end = Math.min(one.length, other.length);
  let index = 0;
  while (index < end && one[index] === other[index]) index++;
  return index;
}

function cutText(text: string, start: number, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const shown = text.slice(start, start + maxLength).toWellFormed();
  return `${start > 0 ? '…' : ''}${shown}${start + maxLength < text.length ? `… (${text.length} characters)` : ''}`;
}
