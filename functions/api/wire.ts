/** What showing things needs, and the tokens of those who may see them. */
import { referencesOf } from '../../lib/core/config/references-of.ts';
import type { FunctionParts } from '../wire/open-function.ts';
import { apiSelfChecks } from './self-checks.ts';

export function wire({ store, readConfig, blobs, spill, secrets, follow, log }: FunctionParts) {
  const followed = follow(async (config) => {
    const { applications, events } = store();
    const ports = { applications, events, blobs: blobs(), log };
    const tokens = config.access?.tokens.map(({ token }) => token) ?? [];
    return { parts: { ports, tokens, references: referencesOf(config) } };
  });
  return {
    async open() {
      const { ports, tokens } = await followed();
      return { ports, tokens: await Promise.all(tokens.map((token) => secrets().read(token))) };
    },
    selfChecks: async () => apiSelfChecks({ ...(await followed()), readConfig, secrets: secrets(), spill: spill() }),
  };
}
