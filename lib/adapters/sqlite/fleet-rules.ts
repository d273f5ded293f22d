/** Rules of the fleet in SQLite: one row. */
import { initialRules } from '../../core/fleet/initial-rules.ts';
import type { Rules } from '../../core/fleet/rules.ts';
import type { FleetRules } from '../../ports/fleet-rules.ts';
import type { Database } from './open-database.ts';
import { text } from './row.ts';

export function sqliteFleetRules(database: Database): FleetRules {
  const get = database.prepare('SELECT body FROM fleet_rules WHERE id = 1');
  const put = database.prepare(`
    INSERT INTO fleet_rules (id, body) VALUES (1, ?) ON CONFLICT DO UPDATE SET body = excluded.body`);

  return {
    async get() {
      const row = database.read(() => get.get());
      if (row === undefined) return initialRules();
      const rules: Partial<Rules> = JSON.parse(text(row, 'body'));
      // Another version may have kept less.
      return { ...initialRules(), ...rules };
    },
    async put(rules) {
      database.write(() => put.run(JSON.stringify(rules)));
    },
  };
}
