/** Keeps the rules that the fleet says, for everybody who reads none of it. */
import { isDeepStrictEqual } from 'node:util';
import type { Rules } from '../core/fleet/rules.ts';
import type { Ports } from '../ports/ports.ts';

/** False, and nothing written, when nothing changed. */
export async function keepRules(rules: Rules, { fleetRules }: Pick<Ports, 'fleetRules'>): Promise<boolean> {
  if (isDeepStrictEqual(await fleetRules.get(), rules)) return false;
  await fleetRules.put(rules);
  return true;
}
