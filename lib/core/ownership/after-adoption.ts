/** What an apply makes of an object that is adopted: a dry run cannot tell, since ownership is rewritten only before the real one. */
import { type FieldPath, fieldPaths, ownsPath } from '../drift/field-paths.ts';
import { isWithin, type JsonPath, locatePath, removeJsonPaths, valueAtPath } from '../drift/json-path.ts';
import { isRecord } from '../object/is-record.ts';
import type { FieldsV1, KubernetesObject, ManagedFieldsEntry } from '../object/kubernetes-object.ts';
import { fieldManager } from '../object/tracking.ts';

/**
 * `becomes`: as a dry run of the apply has it, in which what others own stays. `adopted`: the managedFields of `adoptFields`.
 * Gone is what would be ours and what Git does not name; null: nothing is. What the server then fills in is not in it.
 */
export function afterAdoption(
  becomes: KubernetesObject,
  adopted: readonly ManagedFieldsEntry[],
): KubernetesObject | null {
  const named = ourFields(becomes.metadata.managedFields ?? []);
  const others = adopted.filter((entry) => !isOurs(entry)).map(({ fieldsV1 = {} }) => fieldsV1);
  const staying = [named, ...others];
  const going = fieldPaths(ourFields(adopted)).filter((path) => !staying.some((fields) => ownsPath(fields, path)));
  const stays = staying.flatMap((fields) => fieldPaths(fields));
  const gone = going.filter((path) => !stays.some((below) => isWithin(below, path)));
  const places = located(becomes, gone);
  return places.length === 0 ? null : (removeJsonPaths(becomes, places) as KubernetesObject);
}

/** A map or item that holds what nobody owns stays for it (KEP-555, dangling items). */
function located(object: KubernetesObject, gone: readonly FieldPath[]): JsonPath[] {
  const all = gone.map((path) => ({ path, place: locatePath(object, path) }));
  const there = all.filter(
    ({ path, place }) => place.length === path.length && valueAtPath(object, place) !== undefined,
  );
  const isLeaf = (path: FieldPath) => !there.some((other) => other.path !== path && isWithin(other.path, path));
  const leaves = there.filter(({ path }) => isLeaf(path)).map(({ place }) => place);
  const isEmptied = (place: JsonPath) =>
    leafPlaces(valueAtPath(object, place), place).every((leaf) => leaves.some((above) => isWithin(leaf, above)));
  return there.map(({ place }) => place).filter((place) => leaves.includes(place) || isEmptied(place));
}

function leafPlaces(value: unknown, place: JsonPath): JsonPath[] {
  const below = Array.isArray(value) ? [...value.entries()] : isRecord(value) ? Object.entries(value) : [];
  return below.length === 0 ? [place] : below.flatMap(([part, item]) => leafPlaces(item, [...place, part]));
}

function ourFields(entries: readonly ManagedFieldsEntry[]): FieldsV1 {
  return entries.find(isOurs)?.fieldsV1 ?? {};
}

function isOurs({ manager, operation }: ManagedFieldsEntry): boolean {
  return manager === fieldManager && operation === 'Apply';
}
