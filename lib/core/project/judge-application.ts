/** Whether a project lets an Application be at all: its repository, its destination, and as whom it is deployed. */
import type { Application } from '../application/application.ts';
import { nearestName } from '../config/nearest-name.ts';
import { Fault } from '../fault/fault.ts';
import { chooseAccount } from './choose-account.ts';
import type { Permission } from './permission.ts';
import { permitsCluster, permitsDestination } from './permits-destination.ts';
import { permitsSource } from './permits-source.ts';

/**
 * Faults project.unknown, project.source_not_permitted, project.cluster_not_permitted, project.destination_not_permitted,
 * project.no_service_account; null: it may.
 */
export function judgeApplication(application: Application, permission: Permission): Fault | null {
  const { project, cluster, known } = permission;
  const { source, destination } = application;
  const facts = { application: application.name, project: application.project };
  if (project === null) return new Fault('project.unknown', { ...facts, ...namesOf(application.project, known) });
  if (!permitsSource(project, source.repoURL)) {
    const repoURL = source.repoURL.replace(/\/\/[^/@]*@/, '//');
    return new Fault('project.source_not_permitted', { ...facts, repoURL });
  }
  const { name, servers } = cluster;
  if (!permitsCluster(project, cluster)) {
    return new Fault('project.cluster_not_permitted', { ...facts, cluster: name });
  }
  const { namespace } = destination;
  if (!permitsDestination(project, cluster, namespace)) {
    const servedAt = servers.join(' or ') || 'unknown';
    return new Fault('project.destination_not_permitted', { ...facts, cluster: name, namespace, servers: servedAt });
  }
  const account = chooseAccount(application, permission);
  return account instanceof Fault ? account : null;
}

function namesOf(project: string, known: readonly string[]): { known: string; meant: string } {
  const nearest = nearestName(project, known);
  return { known: known.join(', ') || 'none', meant: nearest === null ? '' : `Did you mean ${nearest}? ` };
}
