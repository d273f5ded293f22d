/** Rules of the fleet in DynamoDB: one item. */
import { initialRules } from '../../core/fleet/initial-rules.ts';
import type { Rules } from '../../core/fleet/rules.ts';
import type { FleetRules } from '../../ports/fleet-rules.ts';
import type { Bodies } from './bodies.ts';
import { rulesKey } from './keys.ts';
import type { Table } from './table.ts';

export function dynamoFleetRules(table: Table, bodies: Bodies): FleetRules {
  return {
    async get() {
      const item = await table.get(rulesKey);
      const body = item === null ? null : await bodies.read(item);
      if (body === null) return initialRules();
      const rules: Partial<Rules> = JSON.parse(body);
      // Another version may have kept less.
      return { ...initialRules(), ...rules };
    },
    async put(rules) {
      const written = await table.write({ put: { ...rulesKey, ...(await bodies.pack(rules)) } });
      if ('item' in written) await bodies.discard(written.item);
    },
  };
}
