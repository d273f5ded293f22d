/** Keeps the rules that the fleet says, for everybody who reads none of it. */
import { isDeepStrictEqual } from 'node:util';
import type { Rules } from '../core/fleet/rules.ts';
import type { Ports } from '../ports/ports.ts';

/** Writes nothing when nothing changed. */
export async function keepRules(rules: Rules, { fleetRules }: Pick<Ports, 'fleetRules'>): Promise<void> {
  if (!isDeepStrictEqual(await fleetRules.get(), rules)) await fleetRules.put(rules);
}
