/** What judging and queuing a delivery needs. */

import { referencesOf } from '../../lib/core/config/references-of.ts';
import { sameRepository } from '../../lib/core/revision/same-repository.ts';
import type { FunctionParts } from '../wire/open-function.ts';
import { wireWebhooks } from '../wire/wire-webhooks.ts';
import { webhookSelfChecks } from './self-checks.ts';

export function wire({ store, readConfig, queue, spill, secrets, follow, log, now }: FunctionParts) {
  const followed = follow(async (config) => {
    const { repoURL: fleet } = config.fleet;
    const ports = {
      webhook: wireWebhooks(config, secrets()),
      deliveries: store().deliveries,
      applications: store().applications,
      queue: queue(),
      isFleet: (repoURL: string) => fleet !== undefined && sameRepository(fleet, repoURL),
      log,
      now,
    };
    return { parts: { ports, references: referencesOf(config) } };
  });
  return {
    open: async () => (await followed()).ports,
    selfChecks: async () =>
      webhookSelfChecks({ ...(await followed()), readConfig, secrets: secrets(), spill: spill() }),
  };
}
