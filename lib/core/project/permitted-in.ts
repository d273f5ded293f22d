/** The part of a project that says what its Applications may do: when it changes, what was refused is tried again. */
import type { Permission } from './permission.ts';
import type { Project } from './project.ts';

export function permittedIn({ project }: Permission): Partial<Project> | null {
  if (project === null) return null;
  const { destinations, destinationServiceAccounts } = project;
  const { clusterResourceWhitelist, clusterResourceBlacklist } = project;
  const { namespaceResourceWhitelist, namespaceResourceBlacklist } = project;
  return {
    destinations,
    clusterResourceWhitelist,
    clusterResourceBlacklist,
    namespaceResourceWhitelist,
    namespaceResourceBlacklist,
    destinationServiceAccounts,
  };
}
