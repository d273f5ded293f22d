/** Changed fields in words. */
import type { FieldChange } from '../event/field-change.ts';

const shownChanges = 10;
const shownLength = 120;

export function sayChanges(diff: readonly FieldChange[]): string[] {
  const rest = diff.length - shownChanges;
  return [...diff.slice(0, shownChanges).map(sayChange), ...(rest > 0 ? [`… and ${rest} more fields`] : [])];
}

/** `spec.replicas 5 → 2` */
export function sayChange({ path, from, to }: FieldChange): string {
  const name = path === '' ? 'the object' : path;
  if (from === undefined) return `${name} added: ${sayValue(to)}`;
  return to === undefined ? `${name} removed (was ${sayValue(from)})` : `${name} ${sayValue(from)} → ${sayValue(to)}`;
}

/** Text is quoted only where one could not see where it ends. */
function sayValue(value: unknown): string {
  const text = typeof value === 'string' && /^\S+$/.test(value) ? value : (JSON.stringify(value) ?? '');
  return text.length <= shownLength ? text : `${text.slice(0, shownLength).toWellFormed()}…`;
}
