/** Decides whether JSON of unknown origin could have come out of our reading of YAML, which all code behind relies on. */
import { isRecord } from './is-record.ts';

/** No deeper than our recursion bears, and no key that would change what an object is. */
export function isAsFromYaml(value: unknown, depth = 0): boolean {
  if (depth > maxDepth) return false;
  if (Array.isArray(value)) return value.every((item) => isAsFromYaml(item, depth + 1));
  if (!isRecord(value)) return true;
  return Object.keys(value).every((key) => key !== '__proto__' && isAsFromYaml(value[key], depth + 1));
}

/** As lib/core/yaml/compose-node.ts. */
const maxDepth = 500;
