/**
 * Compares a live object with what we recorded when we put it there. It only nominates: a dry-run apply of the
 * nominated object decides (DESIGN section 6), because only the API server knows what equal means for every type.
 */
import { isDeepStrictEqual } from 'node:util';
import type { HandEdit } from '../event/event.ts';
import type { FieldChange } from '../event/field-change.ts';
import type { FieldsV1, KubernetesObject, ManagedFieldsEntry } from '../object/kubernetes-object.ts';
import { actionManager, fieldManager } from '../object/tracking.ts';
import { withRivals } from '../ownership/with-rivals.ts';
import type { AppliedObject } from '../record/record.ts';
import { type FieldPath, fieldPaths, fieldsAt, ownsPath, readablePath } from './field-paths.ts';
import { handEdits, isHandEdit } from './hand-tools.ts';
import { memberOf, projectFields, unproject } from './project-fields.ts';

export type Nomination =
  /** `ignoring`: only because a rule has something ignored, so that another rule may see it otherwise. */
  | { verdict: 'clean'; ignoring?: true }
  | { verdict: 'missing' }
  /** Deleted and made again by somebody: another uid. */
  | { verdict: 'recreated'; by: HandEdit[] }
  /** `changed`: our fields with another value. `added`: fields that a hand tool put beside ours. */
  | { verdict: 'drifted'; changed: FieldPath[]; added: FieldPath[]; by: HandEdit[] };

export type DriftRules = {
  handTools: readonly string[];
  /** A hand tool's entry that stays as it is, and what it adds with it: ClientSideApplyMigration=false, Flux's `ssa: Merge`. */
  keeps(entry: ManagedFieldsEntry): boolean;
  /** Paths nobody wants compared: ignoreDifferences. */
  ignores(path: FieldPath, owners: readonly ManagedFieldsEntry[]): boolean;
  /** The value at a path without what is ignored below it. */
  pare(value: unknown, path: FieldPath, side: 'live' | 'wanted'): unknown;
};

/** `live` has its secret values sealed the way the record has them; null when it is gone. */
export function findDrift(applied: AppliedObject, live: KubernetesObject | null, given: DriftRules): Nomination {
  if (live === null) return { verdict: 'missing' };
  const rules = withRivals(given, live, applied.fieldsV1);
  const entries = live.metadata.managedFields ?? [];
  const hands = entries.filter((entry) => isHandEdit(entry, rules.handTools));
  if (live.metadata.uid !== applied.uid) return { verdict: 'recreated', by: handEdits(hands) };
  if (live.metadata.resourceVersion === applied.resourceVersion) return { verdict: 'clean' };
  const different = changedPaths(applied, live);
  const meant = different.filter((path) => !rules.ignores(path, entries) && differsBesides(path, applied, live, rules));
  const changed = meant.filter((path) => countsAsDrift(path, entries, rules));
  const added = addedPaths(applied.fieldsV1, live, hands).filter((path) => !isLeftAlone(path, entries, rules));
  if (changed.length === 0 && added.length === 0)
    return meant.length < different.length ? { verdict: 'clean', ignoring: true } : { verdict: 'clean' };
  const people = entries.filter((entry) => hands.includes(entry) || isAction(entry));
  const touching = people.filter((entry) => [...changed, ...added].some((path) => touches(entry.fieldsV1 ?? {}, path)));
  return { verdict: 'drifted', changed, added, by: handEdits(touching.length > 0 ? touching : hands) };
}

function changedPaths(applied: AppliedObject, live: KubernetesObject): FieldPath[] {
  return fieldPaths(applied.fieldsV1).filter((path) => {
    const { settled, now } = valuesAt(path, applied, live);
    return isItem(path, applied.fieldsV1)
      ? (settled === undefined) !== (now === undefined)
      : !isDeepStrictEqual(settled, now);
  });
}

/** A list without keys is one field: what is ignored in it may be all that differs. */
function differsBesides(path: FieldPath, applied: AppliedObject, live: KubernetesObject, rules: DriftRules): boolean {
  const { settled, now } = valuesAt(path, applied, live);
  if (settled === undefined || now === undefined) return true;
  return !isDeepStrictEqual(rules.pare(settled, path, 'wanted'), rules.pare(now, path, 'live'));
}

function valuesAt(path: FieldPath, { settled }: AppliedObject, live: KubernetesObject) {
  return {
    settled: valueAt(settled, path, (value, segment) => (value as Record<string, unknown>)[segment]),
    now: valueAt(live, path, memberOf),
  };
}

/** A list item or map that is owned itself, besides its fields: it matters only that it is there. */
function isItem(path: FieldPath, fields: FieldsV1): boolean {
  const node = fieldsAt(fields, path);
  return node !== undefined && !isLeaf(node);
}

function valueAt(root: unknown, path: FieldPath, member: (value: unknown, segment: string) => unknown): unknown {
  return path.reduce<unknown>(
    (value, segment) => (value === undefined || value === null ? undefined : member(value, segment)),
    root,
  );
}

/** A field of ours that another controller owns now (an autoscaler's replicas) is that controller's business. */
function countsAsDrift(path: FieldPath, entries: readonly ManagedFieldsEntry[], rules: DriftRules): boolean {
  const owners = entries.filter((entry) => entry.manager !== fieldManager && touches(entry.fieldsV1 ?? {}, path));
  return owners.length === 0 || owners.some((entry) => isHandEdit(entry, rules.handTools) || isAction(entry));
}

/** What a person had us do counts as a hand edit where Git says otherwise, and is nobody's business where it says nothing. */
function isAction({ manager }: ManagedFieldsEntry): boolean {
  return manager === actionManager;
}

function addedPaths(ours: FieldsV1, live: KubernetesObject, hands: readonly ManagedFieldsEntry[]): FieldPath[] {
  const added = hands.flatMap((entry) => handPaths(entry.fieldsV1 ?? {}));
  return unique(added).filter((path) => !ownsPath(ours, path) && valueAt(live, path, memberOf) !== undefined);
}

/**
 * What a hand tool put there. The entry of a map as such (`f:annotations: {".": {}, …}`) is not counted: the map goes on
 * being there for what others keep in it.
 */
export function handPaths(fields: FieldsV1): FieldPath[] {
  return fieldPaths(fields).filter((path) => !path.at(-1)?.startsWith('f:') || isLeaf(fieldsAt(fields, path)));
}

/**
 * `kubectl rollout restart` leaves an annotation whose removal would restart the pods again, and client-side apply one
 * that only kubectl reads; fields that a controller owns too are kept for it.
 */
export function isLeftAlone(path: FieldPath, entries: readonly ManagedFieldsEntry[], rules: DriftRules): boolean {
  const last = path.at(-1) ?? '';
  if (last === 'f:kubectl.kubernetes.io/restartedAt' || last === 'f:kubectl.kubernetes.io/last-applied-configuration')
    return true;
  if (path[0] === 'f:status') return true;
  if (path[0] === 'f:metadata' && ['f:deletionTimestamp', 'f:finalizers', 'f:ownerReferences'].includes(path[1] ?? ''))
    return true;
  if (rules.ignores(path, entries)) return true;
  return entries.some(
    (entry) =>
      entry.manager !== fieldManager &&
      (!isHandEdit(entry, rules.handTools) || rules.keeps(entry)) &&
      ownsPath(entry.fieldsV1 ?? {}, path),
  );
}

/** True when the entry owns the path or something below it. */
function touches(fields: FieldsV1, path: FieldPath): boolean {
  return fieldsAt(fields, path) !== undefined;
}

function isLeaf(fields: FieldsV1 | undefined): boolean {
  return fields !== undefined && Object.keys(fields).length === 0;
}

function unique(paths: readonly FieldPath[]): FieldPath[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}

/** For people: what is different now, from the settled value to the live one. An item that came or went is one change. */
export function describeDrift(
  applied: AppliedObject,
  live: KubernetesObject,
  paths: readonly FieldPath[],
): FieldChange[] {
  const named = new Set(paths.map((path) => JSON.stringify(path)));
  const outermost = paths.filter(
    (path) => !path.some((_, end) => end > 0 && named.has(JSON.stringify(path.slice(0, end)))),
  );
  return outermost.map((path) => {
    const { settled, now } = valuesAt(path, applied, live);
    return { path: readablePath(path), from: unproject(settled), to: now };
  });
}

/** What the record keeps of a live object: the values at our fields. */
export function settle(live: KubernetesObject, fields: FieldsV1): unknown {
  return projectFields(live, fields);
}
