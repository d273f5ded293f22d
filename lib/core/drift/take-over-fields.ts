/**
 * The managedFields with which the next apply undoes what others did: fields that hand tools added become ours first, so
 * that an apply which leaves them out removes them (giving up a field is not removing it), and what our own entry lost is
 * put back from the record, or a field removed from Git would stay for ever.
 */
import { isDeepStrictEqual } from 'node:util';
import type { FieldsV1, KubernetesObject, ManagedFieldsEntry } from '../object/kubernetes-object.ts';
import { fieldManager } from '../object/tracking.ts';
import { withRivals } from '../ownership/with-rivals.ts';
import { addPaths, type FieldPath, fieldPaths, ownsPath, removePaths } from './field-paths.ts';
import { type DriftRules, handPaths, isLeftAlone } from './find-drift.ts';
import { isHandEdit } from './hand-tools.ts';
import { isWithin } from './json-path.ts';

/**
 * null: nothing to take over, apply as it is. `recorded`: our fields as of the last apply.
 * `isGivenUp`: fields that the apply will leave out and that are to stay as they are, so they stop being ours before it.
 */
export function takeOverFields(
  live: KubernetesObject,
  recorded: FieldsV1,
  given: DriftRules,
  { apiVersion, isGivenUp }: { apiVersion: string; isGivenUp(path: FieldPath): boolean },
): ManagedFieldsEntry[] | null {
  const rules = withRivals(given, live, recorded);
  const entries = live.metadata.managedFields ?? [];
  const ours = entries.find((entry) => entry.manager === fieldManager && entry.operation === 'Apply');
  const taken = entries.filter((entry) => isOurReplacement(entry) || isHandEdit(entry, rules.handTools));
  const taking = taken.flatMap((entry) => fieldPaths(entry.fieldsV1 ?? {}));
  const kept = taking.filter((path) => isLeftAlone(path, entries, rules));
  // A map or item comes along only with all that is in it.
  const moved = taking.filter((path) => !kept.some((below) => isWithin(below, path)));
  const lost = lostPaths(recorded, ours?.fieldsV1 ?? {}, entries, rules);
  const all = addPaths(ours?.fieldsV1 ?? {}, [...lost, ...moved]);
  const fieldsV1 = removePaths(all, fieldPaths(all).filter(isGivenUp));
  if (isDeepStrictEqual(fieldsV1, ours?.fieldsV1 ?? {}) && moved.length === 0) return null;
  return [
    ...entries
      .filter((entry) => entry !== ours)
      .flatMap((entry) => (taken.includes(entry) ? without(entry, moved) : [entry])),
    {
      manager: fieldManager,
      operation: 'Apply',
      apiVersion: ours?.apiVersion ?? apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1,
    },
  ];
}

/** What we wrote as a whole (`Replace=true`) is owned beside our entry too, and would stay after it was taken out of Git. */
function isOurReplacement({ manager, operation, subresource }: ManagedFieldsEntry): boolean {
  return manager === fieldManager && operation === 'Update' && subresource === undefined;
}

/** Fields we had and that nobody but a hand tool, or nobody at all, has taken since. */
function lostPaths(
  recorded: FieldsV1,
  ours: FieldsV1,
  entries: readonly ManagedFieldsEntry[],
  rules: DriftRules,
): FieldPath[] {
  return fieldPaths(recorded).filter((path) => !ownsPath(ours, path) && !isLeftAlone(path, entries, rules));
}

/** What is left of the hand tool's entry: what we leave alone stays its own. */
function without(entry: ManagedFieldsEntry, moved: readonly FieldPath[]): ManagedFieldsEntry[] {
  const fieldsV1 = removePaths(entry.fieldsV1 ?? {}, moved);
  return handPaths(fieldsV1).length === 0 ? [] : [{ ...entry, fieldsV1 }];
}
