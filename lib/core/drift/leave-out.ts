/** What is sent of an object some of whose places are not ours to set: those are left out, or stand as they are in the cluster. */
import { isRecord } from '../object/is-record.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { leafPaths } from './field-paths.ts';
import {
  isWithin,
  type JsonPath,
  locatePath,
  removeJsonPaths,
  translatePath,
  valueAtPath,
  withValueAt,
} from './json-path.ts';

/** `paths`: places in `wanted`. */
export type LeaveOut = { wanted: KubernetesObject; live: KubernetesObject; paths: readonly JsonPath[] };

/**
 * To be applied: ownership of what is left out was given up before, so it stays as it is. A list without keys is owned as a
 * whole, so there the live value is sent.
 */
export function leaveOut({ wanted, live, paths }: LeaveOut): KubernetesObject {
  const leavable = leavablePaths({ wanted, live, paths });
  const whole = wholeFields(live);
  const isInside = (path: JsonPath) => {
    const there = translatePath(path, wanted, live) ?? [];
    return whole.some((field) => field.length < there.length && isWithin(there, field));
  };
  const object = asLive({ wanted, live, paths: leavable.filter(isInside) });
  return removeJsonPaths(
    object,
    leavable.filter((path) => !isInside(path)),
  ) as KubernetesObject;
}

/** To be rehearsed, where nothing can be given up beforehand: with the live values, which change nothing. */
export function fillFromLive({ wanted, live, paths }: LeaveOut): KubernetesObject {
  return asLive({ wanted, live, paths: leavablePaths({ wanted, live, paths }) });
}

function asLive({ wanted, live, paths }: LeaveOut): KubernetesObject {
  const liveAt = (path: JsonPath) => valueAtPath(live, translatePath(path, wanted, live) ?? []);
  const there = paths.filter((path) => liveAt(path) !== undefined);
  const filled = there.reduce<unknown>((object, path) => withValueAt(object, path, liveAt(path)), wanted);
  return removeJsonPaths(
    filled,
    paths.filter((path) => !there.includes(path)),
  ) as KubernetesObject;
}

/** An item that is new in Git comes whole: it is made, not changed. */
function leavablePaths({ wanted, live, paths }: LeaveOut): JsonPath[] {
  return paths.flatMap((path) => besidesIdentity(path, wanted)).filter((path) => translatePath(path, wanted, live));
}

/** Without its name an object is another one, and without our marks no longer known as ours. */
function besidesIdentity(path: JsonPath, wanted: KubernetesObject): JsonPath[] {
  const [first, second, third] = path;
  const below = (skip: (name: string) => boolean) => {
    const here = valueAtPath(wanted, path);
    const names = isRecord(here) ? Object.keys(here).filter((name) => !skip(name)) : [];
    return names.flatMap((name) => besidesIdentity([...path, name], wanted));
  };
  if (first === undefined) return below((name) => name === 'apiVersion' || name === 'kind');
  if (first === 'apiVersion' || first === 'kind') return [];
  if (first !== 'metadata') return [path];
  if (second === undefined) return below((name) => name === 'name' || name === 'namespace');
  if (second === 'name' || second === 'namespace') return [];
  if (second !== 'labels' && second !== 'annotations') return [path];
  if (third === undefined) return below(isMark);
  return isMark(String(third)) ? [] : [path];
}

function isMark(name: string): boolean {
  return name.startsWith('trueup.dev/');
}

/** Where somebody's ownership ends: what lies below, of a list without keys, nobody can own by itself. */
function wholeFields(live: KubernetesObject): JsonPath[] {
  const entries = live.metadata.managedFields ?? [];
  return entries.flatMap(({ fieldsV1 = {} }) => leafPaths(fieldsV1).map((path) => locatePath(live, path)));
}
