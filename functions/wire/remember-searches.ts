/** Remembers what searches for clusters found: a bad minute of AWS takes no cluster away. */
import type { ClusterSearch } from '../../lib/core/config/config.ts';
import { Fault, mayRetry } from '../../lib/core/fault/fault.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Ports } from '../../lib/ports/ports.ts';

type Search = (search: ClusterSearch, installation: string) => Promise<string[]>;
type ClusterPorts = Pick<Ports, 'cluster' | 'clusterOf' | 'clusterNames'>;

export type RememberedSearches = {
  /** What was found last when it fails in a way that waiting cures. */
  search: Search;
  /** Some search has found nothing yet but a fault. */
  isIncomplete(): boolean;
  /** Until then a cluster that nobody knows is that fault: the search might know it. */
  completing<Given extends ClusterPorts>(ports: Given): Given;
};

export function rememberSearches(search: Search, log: Log): RememberedSearches {
  const found = new Map<string, string[]>();
  const faults = new Map<string, Fault>();

  return {
    async search(wanted, installation) {
      const key = JSON.stringify(wanted);
      try {
        const names = await search(wanted, installation);
        found.set(key, names);
        faults.delete(key);
        return names;
      } catch (error) {
        const known = found.get(key);
        if (!(error instanceof Fault)) throw error;
        if (known === undefined || !mayRetry(error)) {
          found.delete(key);
          faults.set(key, error);
          throw error;
        }
        log.warn('clusters.search_outlasts', { tag: wanted.tag, region: wanted.region, ...error.report() });
        return known;
      }
    },
    isIncomplete: () => faults.size > 0,
    completing: (ports) => ({
      ...ports,
      cluster(name) {
        const [fault] = faults.values();
        if (fault !== undefined && !ports.clusterNames.includes(name)) throw fault;
        return ports.cluster(name);
      },
      clusterOf(destination) {
        const [fault] = faults.values();
        const name = ports.clusterOf(destination);
        if (fault !== undefined && name === null) throw fault;
        return name;
      },
    }),
  };
}
