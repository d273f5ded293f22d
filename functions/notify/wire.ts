/** What telling people needs. */
import { referencesOf } from '../../lib/core/config/references-of.ts';
import type { FunctionParts } from '../wire/open-function.ts';
import { wireAnnouncers } from '../wire/wire-announcers.ts';
import { notifySelfChecks } from './self-checks.ts';

export function wire({ store, readConfig, queue, spill, secrets, follow, log, now }: FunctionParts) {
  const followed = follow(async (config) => {
    const { applications, outbox } = store();
    const { announcer } = wireAnnouncers(config, secrets(), applications);
    const ports = { applications, outbox, announcer, queue: queue(), log, now };
    return { parts: { ports, references: referencesOf(config) } };
  });
  return {
    open: async () => (await followed()).ports,
    selfChecks: async () => notifySelfChecks({ ...(await followed()), readConfig, secrets: secrets(), spill: spill() }),
  };
}
