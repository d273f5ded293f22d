/** The ports of a command: with the kubectl and helm of this machine. */
import { openSecretsOf } from '../../functions/wire/open-secrets-of.ts';
import { openStore } from '../../functions/wire/open-store.ts';
import { type House, wireHouse } from '../../functions/wire/wire-house.ts';
import { wireRenderer } from '../../functions/wire/wire-renderer.ts';
import { findTools } from '../../infra/local/tools.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { Log } from '../../lib/ports/log.ts';

export type { House } from '../../functions/wire/wire-house.ts';

/** `path`: of the configuration; named in faults, and secret files are relative to its folder. Faults: store.*, aws.*. */
export async function wire(config: Config, { path, log }: { path: string; log: Log }): Promise<House> {
  const secrets = openSecretsOf(config, { path, log });
  const store = await openStore(config.store, { secrets, log });
  return wireHouse(await withClusters(config, log), {
    store,
    secrets,
    renderer: wireRenderer(findTools, config.render),
    log,
  });
}

async function withClusters(config: Config, log: Log): Promise<Config> {
  if (config.clusterSearches.length === 0) return config;
  const [{ searchEks }, { withFoundClusters }] = await Promise.all([
    import('../../functions/wire/open-eks.ts'),
    import('../../functions/wire/with-found-clusters.ts'),
  ]);
  return withFoundClusters(config, { search: searchEks, log });
}
