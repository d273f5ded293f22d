/** Whether a glob of server URLs means a cluster, by any of the names it has. */
import { matchesGlob } from '../render/glob.ts';
import type { ClusterIdentity } from './cluster-identity.ts';

export function meansServer(pattern: string, { servers }: Pick<ClusterIdentity, 'servers'>): boolean {
  return pattern === '*' || servers.some((server) => matchesGlob(plain(pattern), plain(server)));
}

/** Host names know no case; `https` ends at 443. */
function plain(server: string): string {
  return server
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/^(https:\/\/[^/]+):443$/, '$1');
}
