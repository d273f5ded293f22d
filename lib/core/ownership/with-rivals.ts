/**
 * Counts another deploying tool among the hand tools of an object that it marks as its own: what it does there is undone, and
 * when it keeps on doing it, it is named and the tug-of-war given up, as with a person.
 */
import { ownsPath } from '../drift/field-paths.ts';
import type { DriftRules } from '../drift/find-drift.ts';
import type { FieldsV1, KubernetesObject } from '../object/kubernetes-object.ts';
import { deployingManagers, marksOn } from './foreign-owner.ts';

/** `ours`: the fields we own. A mark that is among them stands in Git, and says nothing. */
export function withRivals(rules: DriftRules, live: KubernetesObject, ours: FieldsV1): DriftRules {
  const isMarked = marksOn(live).some(({ place, name }) => !ownsPath(ours, ['f:metadata', `f:${place}`, `f:${name}`]));
  return isMarked ? { ...rules, handTools: [...rules.handTools, ...deployingManagers] } : rules;
}
