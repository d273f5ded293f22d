/** The project `default`, where the fleet does not define it: everything is allowed, as in a fresh Argo CD. */
import type { Project } from './project.ts';

export function defaultProject(): Project {
  const any = { group: '*', kind: '*', name: '*' };
  return {
    name: 'default',
    labels: {},
    description: '',
    sourceRepos: ['*'],
    destinations: [{ server: '*', name: null, namespace: '*' }],
    clusterResourceWhitelist: [any],
    clusterResourceBlacklist: [],
    namespaceResourceWhitelist: null,
    namespaceResourceBlacklist: [],
    permitOnlyProjectScopedClusters: false,
    destinationServiceAccounts: [],
    syncWindows: [],
    orphanedResources: null,
    origin: null,
    warnings: [],
  };
}
