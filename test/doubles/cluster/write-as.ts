/** What becomes of an object, and of who owns which of its fields, when somebody applies or updates it (KEP-555). */
import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject, ManagedFieldsEntry } from '../../../lib/core/object/kubernetes-object.ts';
import { fieldsOf, isIn, merge, type OwnedPath, pathsIn, pathsOf, removeAt, valueAt } from './owned-paths.ts';

type Writer = Pick<ManagedFieldsEntry, 'manager' | 'operation' | 'time'>;

/** Server-side apply, conflicts forced. */
export function applyAs(
  writer: Writer,
  wanted: KubernetesObject,
  live: KubernetesObject | undefined,
): KubernetesObject {
  const applied = pathsOf(wanted);
  const before = live?.metadata.managedFields ?? [];
  const others = before
    .filter((entry) => !isBy(writer, entry))
    .map((entry) => keep(entry, (path) => !isIn(path, applied) || isSameAt(path, wanted, live)));
  const given = before.filter((entry) => isBy(writer, entry)).flatMap(owned);
  const whole = { ...(merge(live ?? {}, withoutState(wanted)) as KubernetesObject) };
  const isOthers = (path: OwnedPath) => others.some((entry) => isIn(path, owned(entry)));
  for (const path of given.filter((one) => !isIn(one, applied) && !isOthers(one))) removeAt(whole, path);
  return withOwners(whole, [...others, { ...writer, fieldsV1: fieldsOf(applied) }]);
}

/** PUT, PATCH, `kubectl edit`: what differs from before is the writer's alone. */
export function updateAs(writer: Writer, after: KubernetesObject, before: KubernetesObject): KubernetesObject {
  const changed = pathsOf(after).filter((path) => !isDeepStrictEqual(valueAt(after, path), valueAt(before, path)));
  const there = pathsOf(after);
  const entries = before.metadata.managedFields ?? [];
  const others = entries
    .filter((entry) => !isBy(writer, entry))
    .map((entry) => keep(entry, (path) => !isIn(path, changed) && isIn(path, there)));
  const own = entries.filter((entry) => isBy(writer, entry)).flatMap(owned);
  const mine = [...own.filter((path) => isIn(path, there) && !isIn(path, changed)), ...changed];
  return withOwners(after, [...others, { ...writer, fieldsV1: fieldsOf(mine) }]);
}

function withOwners(object: KubernetesObject, entries: readonly ManagedFieldsEntry[]): KubernetesObject {
  const managedFields = entries.filter(({ fieldsV1 = {} }) => Object.keys(fieldsV1).length > 0);
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

function isBy({ manager, operation }: Writer, entry: ManagedFieldsEntry): boolean {
  return entry.manager === manager && entry.operation === operation;
}

function owned({ fieldsV1 = {} }: ManagedFieldsEntry): OwnedPath[] {
  return Object.keys(fieldsV1).length === 0 ? [] : pathsIn(fieldsV1);
}

function keep(entry: ManagedFieldsEntry, isKept: (path: OwnedPath) => boolean): ManagedFieldsEntry {
  return { ...entry, fieldsV1: fieldsOf(owned(entry).filter(isKept)) };
}

function isSameAt(path: OwnedPath, wanted: KubernetesObject, live: KubernetesObject | undefined): boolean {
  return isDeepStrictEqual(valueAt(wanted, path), valueAt(live, path));
}

/** The state that a write is meant for is no part of what it writes. */
function withoutState({ metadata, ...object }: KubernetesObject): KubernetesObject {
  const { uid: _, resourceVersion: __, managedFields: ___, ...rest } = metadata;
  return { ...object, metadata: rest };
}
