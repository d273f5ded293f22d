/** What the present rules allow one Application in its cluster. */
import type { ClusterIdentity } from './cluster-identity.ts';
import type { Project } from './project.ts';

/** `project` null: the fleet does not have it, and nothing is allowed. `known`: those it has. */
export type Permission = { project: Project | null; cluster: ClusterIdentity; known: readonly string[] };
