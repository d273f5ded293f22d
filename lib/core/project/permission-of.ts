/** Finds the project of an Application among the rules of the fleet. */
import type { Rules } from '../fleet/rules.ts';
import type { ClusterIdentity } from './cluster-identity.ts';
import { inheritedProject } from './inherited-project.ts';
import type { Permission } from './permission.ts';

export function permissionOf(project: string, rules: Rules, cluster: ClusterIdentity): Permission {
  return {
    project: inheritedProject(project, rules),
    cluster,
    known: rules.projects.map(({ name }) => name),
  };
}
