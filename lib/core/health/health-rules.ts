/** The rules that a fleet has for kinds of its own, ready to be asked. */
import type { OfKind } from '../customization/customizations.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { ObjectKey } from '../object/object-key.ts';
import { matchesGlob } from '../render/glob.ts';
import type { Health } from './health.ts';

/** null: the rule says that the object has no health. */
export type HealthRule = OfKind & { assess(object: KubernetesObject): Health | null };

/** An empty list: the built-in rules alone. */
export type HealthRules = readonly HealthRule[];

/** The first that names the kind exactly, else the first whose globs match. */
export function findRule<Rule extends OfKind>(
  rules: readonly Rule[],
  { group, kind }: Pick<ObjectKey, 'group' | 'kind'>,
): Rule | null {
  const exact = rules.find((rule) => rule.group === group && rule.kind === kind);
  return exact ?? rules.find((rule) => matchesGlob(rule.group, group) && matchesGlob(rule.kind, kind)) ?? null;
}
