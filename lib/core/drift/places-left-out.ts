/** The places in what Git wants that an apply leaves out, because they are for others to set. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { leafPaths } from './field-paths.ts';
import type { Compared } from './ignored-paths.ts';
import { type JsonPath, locatePath, translatePath } from './json-path.ts';
import { replicasOf } from './replicas.ts';

/** `respectIgnored`: all that is ignored, and not only the replicas of an autoscaler. */
export function placesLeftOut(
  { live, wanted, managers, autoscaled }: Compared,
  { respectIgnored }: { respectIgnored: boolean },
): JsonPath[] {
  const replicas = autoscaled && replicasOf(wanted.object) !== undefined ? [['spec', 'replicas']] : [];
  if (!respectIgnored) return replicas;
  const inLive = [...live.ignored, ...ownedBy(managers, live.object)];
  const translated = inLive.map((path) => translatePath(path, live.object, wanted.object));
  return [...replicas, ...wanted.ignored, ...translated.filter((path) => path !== null)];
}

function ownedBy(managers: ReadonlySet<string>, live: KubernetesObject): JsonPath[] {
  const entries = (live.metadata.managedFields ?? []).filter(({ manager }) => managers.has(manager));
  return entries.flatMap(({ fieldsV1 = {} }) => leafPaths(fieldsV1).map((path) => locatePath(live, path)));
}
