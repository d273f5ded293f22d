/** What is not ours to set or to compare, as a question about the fields of one object, live and as Git wants it. */
import type { KubernetesObject, ManagedFieldsEntry } from '../object/kubernetes-object.ts';
import { readApplicationOptions } from '../options/read-application-options.ts';
import { readObjectOptions } from '../options/read-object-options.ts';
import { type FieldPath, ownsPath } from './field-paths.ts';
import type { DriftRules } from './find-drift.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import { isWithin, type JsonPath, locatePath, removeJsonPaths } from './json-path.ts';
import { isReplicas, replicasOf } from './replicas.ts';
import type { Writers } from './writers.ts';

const noOptions = readApplicationOptions([]);

/** An object, and which of its places are ignored. */
export type Side = { object: KubernetesObject; ignored: readonly JsonPath[] };

export type Compared = {
  live: Side;
  wanted: Side;
  /** What these field managers own is ignored. */
  managers: IgnoreRules['managers'];
  /** An autoscaler sets its replicas. */
  autoscaled: boolean;
};

/**
 * A field is ignored where a rule means it in either of the two, as Argo CD takes it out of both. Replicas are an
 * autoscaler's where there is one, and nobody's that we would undo where Git does not say how many.
 */
export function driftRules(compared: Compared, { handTools, kept }: Writers): DriftRules {
  const { live, wanted, managers } = compared;
  const merges = readObjectOptions(wanted.object, noOptions).apply === 'merge';
  return {
    handTools,
    keeps: ({ manager, operation }) => merges || (operation === 'Update' && kept.includes(manager)),
    ignores: (path, entries) =>
      isIgnored(path, live) ||
      isIgnored(path, wanted) ||
      isOwnedBy(managers, path, entries) ||
      (isReplicas(path) && areOthers(compared)),
    pare: (value, path, side) => pare(value, path, compared[side]),
  };
}

/** The replicas are for others to set. */
function areOthers({ autoscaled, wanted }: Compared): boolean {
  return autoscaled || replicasOf(wanted.object) === undefined;
}

function isIgnored(path: FieldPath, { object, ignored }: Side): boolean {
  if (ignored.length === 0) return false;
  const located = locatePath(object, path);
  return ignored.some((above) => isWithin(located, above));
}

function isOwnedBy(managers: ReadonlySet<string>, path: FieldPath, entries: readonly ManagedFieldsEntry[]): boolean {
  return entries.some((entry) => managers.has(entry.manager) && ownsPath(entry.fieldsV1 ?? {}, path));
}

/** A list without keys is one field, whatever of it is ignored: the rest of it is compared. */
function pare(value: unknown, path: FieldPath, { object, ignored }: Side): unknown {
  if (ignored.length === 0) return value;
  const located = locatePath(object, path);
  if (located.length < path.length) return value;
  const below = ignored.filter((each) => isWithin(each, located)).map((each) => each.slice(located.length));
  return removeJsonPaths(value, below);
}
