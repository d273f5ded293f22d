/** Signs in to every cluster: AWS says where it is, the role it names is assumed, and its API server is asked what it serves. */
import type { Ports } from '../../lib/ports/ports.ts';
import type { SelfCheck } from '../self-test.ts';

export function signsInToClusters({ cluster, clusterNames }: Pick<Ports, 'cluster' | 'clusterNames'>): SelfCheck[] {
  return clusterNames.map((name) => ({
    check: `signs in to the cluster ${name}`,
    attempt: async () => cluster(name).facts({ fresh: true }),
  }));
}
