/** Finds the project of an Application among the rules of the fleet. */
import type { Rules } from '../fleet/rules.ts';
import type { ClusterIdentity } from './cluster-identity.ts';
import type { Permission } from './permission.ts';

export function permissionOf(project: string, { projects }: Rules, cluster: ClusterIdentity): Permission {
  return {
    project: projects.find(({ name }) => name === project) ?? null,
    cluster,
    known: projects.map(({ name }) => name),
  };
}
