/** The `ignoreDifferences` that speak of one object, the Application's and those of the whole fleet. */
import type { IgnoreDifference } from '../application/application.ts';
import type { ObjectKey } from '../object/object-key.ts';
import { matchesGlob } from '../render/glob.ts';

export type IgnoreRules = {
  /** JSON pointers (RFC 6901) in parts, unescaped. */
  pointers: string[][];
  /** jq. */
  expressions: string[];
  /** What these field managers own is ignored. */
  managers: ReadonlySet<string>;
};

/** Group and kind are globs, name and namespace exact, as in Argo CD. */
export function ignoreRules(differences: readonly IgnoreDifference[], key: ObjectKey): IgnoreRules {
  const rules = differences.filter((rule) => appliesTo(rule, key));
  return {
    pointers: rules.flatMap(({ jsonPointers }) => jsonPointers.map(partsOf)),
    expressions: [...new Set(rules.flatMap(({ jqPathExpressions }) => jqPathExpressions))],
    managers: new Set(rules.flatMap(({ managedFieldsManagers }) => managedFieldsManagers)),
  };
}

function appliesTo({ group, kind, name, namespace }: IgnoreDifference, key: ObjectKey): boolean {
  if (name !== undefined && name !== key.name) return false;
  if (namespace !== undefined && namespace !== key.namespace) return false;
  return matchesGlob(group, key.group) && matchesGlob(kind, key.kind);
}

function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
