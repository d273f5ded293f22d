/**
 * The managedFields with which an object that another tool deployed becomes ours: what that tool owned is ours before our
 * first apply, so that the apply removes what Git does not name, and nobody else goes on owning. Values stay as they are, so
 * no pod notices.
 */
import { isDeepStrictEqual } from 'node:util';
import { addPaths, type FieldPath, fieldPaths, removePaths } from '../drift/field-paths.ts';
import { type DriftRules, isLeftAlone } from '../drift/find-drift.ts';
import { isWithin } from '../drift/json-path.ts';
import { lastAppliedAnnotation } from '../object/is-secret.ts';
import type { KubernetesObject, ManagedFieldsEntry } from '../object/kubernetes-object.ts';
import { fieldManager } from '../object/tracking.ts';
import { isForeignMark, marksOn, toolOf } from './foreign-owner.ts';

export type Adopting = {
  /** In which it will be applied. */
  apiVersion: string;
  /** Fields that the apply leaves out and that are to stay as they are. */
  isGivenUp(path: FieldPath): boolean;
  /** A field manager whose fields count as a deploying tool's too. */
  alsoFrom: readonly string[];
};

/** null: there is nothing to take over. */
export function adoptFields(
  live: KubernetesObject,
  rules: DriftRules,
  { apiVersion, isGivenUp, alsoFrom }: Adopting,
): ManagedFieldsEntry[] | null {
  const entries = live.metadata.managedFields ?? [];
  const ours = entries.find((entry) => entry.manager === fieldManager && entry.operation === 'Apply');
  const taken = entries.filter((entry) => isTaken(entry, rules, alsoFrom));
  const others = entries.filter((entry) => entry !== ours && !taken.includes(entry));
  const version = ours?.apiVersion ?? versionOf(taken, apiVersion);
  const taking = taken.flatMap((entry) => readableIn(version, entry));
  const kept = taking.filter((path) => isKept(path, others, rules));
  // A map or item comes along only with all that is in it.
  const moved = taking.filter((path) => !kept.some((below) => isWithin(below, path)));
  const marks = marksOn(live).map(({ place, name }): FieldPath => ['f:metadata', `f:${place}`, `f:${name}`]);
  const all = addPaths(ours?.fieldsV1 ?? {}, [...moved, ...marks]);
  const fieldsV1 = removePaths(all, fieldPaths(all).filter(isGivenUp));
  if (taken.length === 0 && isDeepStrictEqual(fieldsV1, ours?.fieldsV1 ?? {})) return null;
  return [
    ...others.flatMap((entry) => without(entry, marks)),
    { manager: fieldManager, operation: 'Apply', apiVersion: version, fieldsType: 'FieldsV1', fieldsV1 },
  ];
}

/** What we wrote as a whole (`Replace=true`) counts as well. */
function isTaken(entry: ManagedFieldsEntry, rules: DriftRules, alsoFrom: readonly string[]): boolean {
  if (rules.keeps(entry)) return false;
  if (toolOf(entry, rules.handTools) !== null) return true;
  const { manager, operation, subresource } = entry;
  return operation === 'Update' && subresource === undefined && [fieldManager, ...alsoFrom].includes(manager);
}

/** The server converts one entry as a whole, so all of it has to be in one version. */
function versionOf(taken: readonly ManagedFieldsEntry[], apiVersion: string): string {
  const versions = taken.flatMap((entry) => entry.apiVersion ?? []);
  return versions.includes(apiVersion) ? apiVersion : (versions[0] ?? apiVersion);
}

/** Metadata is the same in every version. */
function readableIn(version: string, { apiVersion = version, fieldsV1 = {} }: ManagedFieldsEntry): FieldPath[] {
  return fieldPaths(fieldsV1).filter((path) => apiVersion === version || path[0] === 'f:metadata');
}

/**
 * Stays as it is and becomes nobody's: what is never ours to remove, and marks on pods, which would be made anew. The
 * annotation of client-side apply goes: another `kubectl apply` would compare with it, and in a Secret it holds the values.
 */
function isKept(path: FieldPath, others: readonly ManagedFieldsEntry[], rules: DriftRules): boolean {
  const name = (path.at(-1) ?? '').slice('f:'.length);
  const isMetadata = path[0] === 'f:metadata';
  if (isMetadata && (name === lastAppliedAnnotation || isForeignMark(name))) return false;
  return (!isMetadata && isForeignMark(name)) || isLeftAlone(path, others, rules);
}

function without(entry: ManagedFieldsEntry, paths: readonly FieldPath[]): ManagedFieldsEntry[] {
  const fieldsV1 = removePaths(entry.fieldsV1 ?? {}, paths);
  if (isDeepStrictEqual(fieldsV1, entry.fieldsV1 ?? {})) return [entry];
  return Object.keys(fieldsV1).length === 0 ? [] : [{ ...entry, fieldsV1 }];
}
