/** Which of these objects a project does not permit, all of them at once. */
import { Fault } from '../fault/fault.ts';
import type { Origin } from '../object/manifest.ts';
import { formatKey, type ObjectKey } from '../object/object-key.ts';
import type { Permission } from './permission.ts';
import { permitsDestination } from './permits-destination.ts';
import { permitsKind } from './permits-kind.ts';

export type Judged = { key: ObjectKey; origin?: Origin };

/** Faults project.object_not_permitted; none where the project is unknown, which `judgeApplication` says. */
export function judgeObjects(objects: readonly Judged[], permission: Permission): Fault[] {
  return objects.flatMap(({ key, origin }) => {
    const because = whyNot(key, permission);
    if (because === null || permission.project === null) return [];
    const facts = { ...origin, object: formatKey(key), kind: key.kind, project: permission.project.name, because };
    return [new Fault('project.object_not_permitted', facts)];
  });
}

/** null: it is permitted. What leaves with its project is: nothing is left to forbid it. */
export function whyNot(key: ObjectKey, { project, cluster }: Permission): string | null {
  if (project === null) return null;
  if (!permitsKind(project, key)) {
    const scope = key.namespace === '' ? 'cluster' : 'namespace';
    return `its kind is not in ${scope}ResourceWhitelist, or is in ${scope}ResourceBlacklist`;
  }
  if (key.namespace === '' || permitsDestination(project, cluster, key.namespace)) return null;
  return `destinations do not have the namespace ${key.namespace} of ${cluster.name}`;
}
