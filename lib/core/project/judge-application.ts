/** Whether a project lets an Application be at all: its repository and its destination. */
import type { Application } from '../application/application.ts';
import { nearestName } from '../config/nearest-name.ts';
import { Fault } from '../fault/fault.ts';
import type { Permission } from './permission.ts';
import { permitsCluster, permitsDestination } from './permits-destination.ts';
import { permitsSource } from './permits-source.ts';

/** Faults project.unknown, project.source_not_permitted, project.cluster_not_permitted, project.destination_not_permitted; null: it may. */
export function judgeApplication(application: Application, { project, cluster, known }: Permission): Fault | null {
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
  if (permitsDestination(project, cluster, destination.namespace)) return null;
  const { namespace } = destination;
  const servedAt = servers.join(' or ') || 'unknown';
  return new Fault('project.destination_not_permitted', { ...facts, cluster: name, namespace, servers: servedAt });
}

function namesOf(project: string, known: readonly string[]): { known: string; meant: string } {
  const nearest = nearestName(project, known);
  return { known: known.join(', ') || 'none', meant: nearest === null ? '' : `Did you mean ${nearest}? ` };
}
