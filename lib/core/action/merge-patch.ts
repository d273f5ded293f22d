/** The smallest JSON merge patch (RFC 7386) that makes one object of another. */
import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../object/is-record.ts';

/** null: nothing differs. Null and absent are the same, and a list is one value. */
export function mergePatch(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, unknown> | null {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const patch = names.flatMap((name) => {
    const change = changeOf(before[name] ?? null, after[name] ?? null);
    return change === undefined ? [] : [[name, change] as const];
  });
  return patch.length === 0 ? null : Object.fromEntries(patch);
}

/** undefined: none. */
function changeOf(before: unknown, after: unknown): unknown {
  if (isDeepStrictEqual(before, after)) return undefined;
  if (isRecord(before) && isRecord(after)) return mergePatch(before, after) ?? undefined;
  return after;
}
