/** Rules of the fleet in memory, for unit tests. */
import { initialRules } from '../../core/fleet/initial-rules.ts';
import type { FleetRules } from '../../ports/fleet-rules.ts';

export function memoryFleetRules(): FleetRules {
  let kept = initialRules();
  return {
    async get() {
      return { ...initialRules(), ...structuredClone(kept) };
    },
    async put(rules) {
      kept = structuredClone(rules);
    },
  };
}
