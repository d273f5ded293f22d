/** The ports of a command: with the kubectl and helm of this machine. */

import { openSecretsOf } from '../../functions/wire/open-secrets-of.ts';
import { openStore } from '../../functions/wire/open-store.ts';
import { type House, wireHouse } from '../../functions/wire/wire-house.ts';
import { wireRenderer } from '../../functions/wire/wire-renderer.ts';
import { findTools } from '../../infra/local/tools.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { Log } from '../../lib/ports/log.ts';

export type { House } from '../../functions/wire/wire-house.ts';

/** `path`: of the configuration; named in faults, and secret files are relative to its folder. Faults: store.*. */
export async function wire(config: Config, { path, log }: { path: string; log: Log }): Promise<House> {
  const renderer = wireRenderer(findTools, config.render);
  return wireHouse(config, { store: await openStore(config.store), secrets: openSecretsOf(path), renderer, log });
}
