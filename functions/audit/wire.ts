/** What waking the sweep of a cluster needs. */

import { clustersOfEks } from '../wire/clusters-of-eks.ts';
import type { FunctionParts } from '../wire/open-function.ts';
import { auditSelfChecks } from './self-checks.ts';

export function wire({ store, readConfig, queue, spill, follow, log }: FunctionParts) {
  const open = follow(async ({ clusters, clusterSearches }) => ({
    parts: {
      applications: store().applications,
      queue: queue(),
      log,
      clustersOfEks(eks: string) {
        const named = clustersOfEks(eks, clusters);
        // Those that a search finds have the name that EKS gives them.
        return named.length === 0 && clusterSearches.length > 0 ? [eks] : named;
      },
    },
  }));
  return { open, selfChecks: async () => auditSelfChecks({ ports: await open(), readConfig, spill: spill() }) };
}
