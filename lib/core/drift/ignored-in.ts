/** What the rules mean in one object: the places that are ignored there, with all that lies below them. */
import { isRecord } from '../object/is-record.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import type { JsonPath } from './json-path.ts';

/** `selected`: what the jq expressions mean in this object. */
export function ignoredIn(
  object: unknown,
  { pointers }: Pick<IgnoreRules, 'pointers'>,
  selected: readonly JsonPath[],
): JsonPath[] {
  return [...pointers.flatMap((parts) => resolve(object, parts)), ...selected, ...aggregated(object)];
}

/** The rules of such a ClusterRole are gathered from others by the cluster, whatever stands in Git. */
function aggregated(object: unknown): JsonPath[] {
  const isAggregated = isRecord(object) && object.kind === 'ClusterRole' && isRecord(object.aggregationRule);
  return isAggregated ? [['rules']] : [];
}

/** A part is an index where the object has a list, else a name. A place that is not there is ignored as well: it may come. The empty pointer is the whole object (RFC 6901). */
function resolve(object: unknown, parts: readonly string[]): JsonPath[] {
  const path: (string | number)[] = [];
  let here = object;
  for (const part of parts) {
    const step = Array.isArray(here) ? indexOf(part) : part;
    if (step === null) return [];
    path.push(step);
    here = Array.isArray(here) ? here[Number(step)] : isRecord(here) ? here[part] : undefined;
  }
  return [path];
}

function indexOf(part: string): number | null {
  return /^(0|[1-9]\d*)$/.test(part) ? Number(part) : null;
}
