/** The ports of a command: with the kubectl and helm of this machine. */
import { type House, type WireOptions, wireHouse } from '../../functions/wire/wire-house.ts';
import { findTools } from '../../infra/local/tools.ts';
import type { Config } from '../../lib/core/config/config.ts';

export type { House } from '../../functions/wire/wire-house.ts';

/** Faults: as `wireHouse`. */
export function wire(config: Config, options: Omit<WireOptions, 'findTools'>): Promise<House> {
  return wireHouse(config, { ...options, findTools });
}
