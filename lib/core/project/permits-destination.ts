/** Whether the Applications of a project may deploy to a place: a namespace of a cluster. */
import { matchesGlob } from '../render/glob.ts';
import type { ClusterIdentity } from './cluster-identity.ts';
import { meansServer } from './means-server.ts';
import type { PermittedDestination, Project } from './project.ts';

/**
 * `*` crosses every character, as in Argo CD. An entry with a `!` only denies, wherever it stands, and wins. A cluster is
 * meant by any of its names; one whose server is not known cannot be told from a server that is denied, and is denied too.
 */
export function permitsDestination(
  { destinations }: Pick<Project, 'destinations'>,
  cluster: ClusterIdentity,
  namespace: string,
): boolean {
  const denying = destinations.filter(isDenying);
  if (denying.some((entry) => denies(entry, cluster, namespace))) return false;
  return destinations.some(
    (entry) => !isDenying(entry) && meansCluster(entry, cluster) && matchesGlob(entry.namespace, namespace),
  );
}

/** Of clusters that trueup.yaml gives to projects. */
export function permitsCluster(
  { name, permitOnlyProjectScopedClusters }: Pick<Project, 'name' | 'permitOnlyProjectScopedClusters'>,
  cluster: ClusterIdentity,
): boolean {
  return cluster.project === name || (cluster.project === null && !permitOnlyProjectScopedClusters);
}

function isDenying({ server, name, namespace }: PermittedDestination): boolean {
  return isNegated(server) || isNegated(name) || isNegated(namespace);
}

/** With a `!` on both sides either of them denies. */
function denies(entry: PermittedDestination, cluster: ClusterIdentity, namespace: string): boolean {
  const { server, name } = entry;
  const negatesCluster = isNegated(server) || isNegated(name);
  const inNamespace = matchesGlob(bare(entry.namespace), namespace);
  const inCluster = negatesCluster
    ? (isNegated(server) && (cluster.servers.length === 0 || meansServer(bare(server), cluster))) ||
      (isNegated(name) && matchesGlob(bare(name), cluster.name))
    : meansCluster(entry, cluster);
  if (!isNegated(entry.namespace)) return inCluster && inNamespace;
  return negatesCluster ? inCluster || inNamespace : inCluster && inNamespace;
}

function meansCluster({ server, name }: PermittedDestination, cluster: ClusterIdentity): boolean {
  return (server !== null && meansServer(server, cluster)) || (name !== null && matchesGlob(name, cluster.name));
}

function isNegated(pattern: string | null): pattern is string {
  return pattern?.startsWith('!') ?? false;
}

function bare(pattern: string): string {
  return pattern.replace(/^!/, '');
}
