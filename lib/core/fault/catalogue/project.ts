/** Faults of AppProjects: their documents, and what they do not permit. */
import type { FaultInfo } from '../catalogue.ts';

export const projectFaults = {
  'project.invalid': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: AppProject {project} is not valid at {path}',
    hint: 'Found {found}; allowed: {allowed}. Until it is mended, what the project said before holds.',
  },
  'project.duplicate': {
    http: 409,
    retry: 'never',
    says: 'AppProject {project} is defined in {file} and in {other}',
    hint: 'Names of projects are unique in a fleet: rename one of them.',
  },
  'project.unknown': {
    http: 400,
    retry: 'never',
    says: 'Application {application} names the project {project}, which the fleet does not have',
    hint: '{meant}Known: {known}. A project is a document of kind AppProject in the fleet.',
  },
  'project.source_not_permitted': {
    http: 403,
    retry: 'never',
    says: 'Application {application} reads {repoURL}, which the project {project} does not permit',
    hint: 'Add it to spec.sourceRepos of the AppProject {project}, unless a pattern with ! denies it there.',
  },
  'project.destination_not_permitted': {
    http: 403,
    retry: 'never',
    says: 'Application {application} deploys to the namespace "{namespace}" of {cluster}, which the project {project} does not permit',
    hint: 'Add it to spec.destinations of the AppProject {project}, unless an entry with ! denies it there. The server of {cluster}: {servers} (clusters[].server).',
  },
  'project.cluster_not_permitted': {
    http: 403,
    retry: 'never',
    says: 'Application {application} deploys to {cluster}, which is not one of the clusters of the project {project}',
    hint: 'clusters[].project in trueup.yaml says whose a cluster is; a project with permitOnlyProjectScopedClusters may use only its own.',
  },
  'project.no_service_account': {
    http: 403,
    retry: 'never',
    says: 'The project {project} names no service account for the Application {application} in the namespace "{namespace}" of {cluster}',
    hint: 'Add an entry with that server and namespace to spec.destinationServiceAccounts of the AppProject {project}: the first that matches counts. Nothing was changed.',
  },
  'project.object_not_permitted': {
    http: 403,
    retry: 'never',
    says: '{object} is not permitted in the project {project}',
    hint: 'Take it out of Git, or let the AppProject {project} permit it. Nothing was changed.',
  },
} as const satisfies Record<string, FaultInfo>;
