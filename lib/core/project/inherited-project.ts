/** A project with what the global projects add to it (`globalProjects` of `argocd-cm`): what holds for its Applications. */
import type { GlobalProject } from '../customization/customizations.ts';
import type { Rules } from '../fleet/rules.ts';
import type { Project } from './project.ts';
import { selectsLabels } from './selects-labels.ts';

/** null: the fleet does not have it. */
export function inheritedProject(name: string, { projects, customizations }: Rules): Project | null {
  const project = projects.find((each) => each.name === name);
  if (project === undefined) return null;
  return (customizations.globalProjects ?? [])
    .filter(({ projectName, labelSelector }) => projectName !== name && selectsLabels(labelSelector, project.labels))
    .reduce((sofar, { projectName }) => addTo(sofar, projectName, projects), project);
}

function addTo(project: Project, projectName: GlobalProject['projectName'], projects: readonly Project[]): Project {
  const base = projects.find((each) => each.name === projectName);
  if (base === undefined) {
    const warning = `globalProjects of argocd-cm names the project ${projectName}, which the fleet does not have: nothing of it holds`;
    return { ...project, warnings: [...project.warnings, warning] };
  }
  const own = project.namespaceResourceWhitelist;
  const added = base.namespaceResourceWhitelist ?? [];
  return {
    ...project,
    sourceRepos: [...project.sourceRepos, ...base.sourceRepos],
    destinations: [...project.destinations, ...base.destinations],
    clusterResourceWhitelist: [...project.clusterResourceWhitelist, ...base.clusterResourceWhitelist],
    clusterResourceBlacklist: [...project.clusterResourceBlacklist, ...base.clusterResourceBlacklist],
    // As in Argo CD a list restricts a project that had none.
    namespaceResourceWhitelist: added.length === 0 ? own : [...(own ?? []), ...added],
    namespaceResourceBlacklist: [...project.namespaceResourceBlacklist, ...base.namespaceResourceBlacklist],
    syncWindows: [...project.syncWindows, ...base.syncWindows],
  };
}
