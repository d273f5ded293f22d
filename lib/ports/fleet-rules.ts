/** The rules of the fleet as they were last read. Lost, they are read again with it: nothing else is needed. */
import type { Rules } from '../core/fleet/rules.ts';

export interface FleetRules {
  /** `initialRules` before the first `put`. One request: once for a run, not for every object. */
  get(): Promise<Rules>;
  /** Only the one who reads the fleet writes them. */
  put(rules: Rules): Promise<void>;
}
