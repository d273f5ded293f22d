/** Wake-ups in SQLite: each raises `wanted` in the transaction that says why. */
import { addSuspects } from '../../core/application/suspects.ts';
import type { Wakes } from '../../ports/wakes.ts';
import type { Database } from './open-database.ts';
import { integer, text } from './row.ts';

export function sqliteWakes(database: Database): Wakes {
  const wake = database.prepare('UPDATE applications SET wanted = wanted + 1, look_at = ? WHERE name = ?');
  const find = database.prepare('SELECT wanted, suspects FROM applications WHERE name = ?');
  const suspect = database.prepare('UPDATE applications SET suspects = ? WHERE name = ?');
  const request = database.prepare('UPDATE applications SET request = ? WHERE name = ?');
  const hold = database.prepare('UPDATE applications SET hold = ? WHERE name = ?');
  const overdue = database.prepare('SELECT name FROM applications WHERE look_at <= ? ORDER BY look_at, name LIMIT ?');

  return {
    async wake(name, now) {
      database.write(() => wake.run(now, name));
    },
    async suspect(name, keys, now) {
      if (keys.length === 0) return;
      database.write(() => {
        wake.run(now, name);
        const row = find.get(name);
        if (row === undefined) return;
        const suspects = addSuspects(JSON.parse(text(row, 'suspects')), keys, integer(row, 'wanted'));
        suspect.run(JSON.stringify(suspects), name);
      });
    },
    async request(name, asked, now) {
      database.write(() => {
        wake.run(now, name);
        request.run(JSON.stringify(asked), name);
      });
    },
    async hold(name, held, now) {
      database.write(() => {
        wake.run(now, name);
        hold.run(held === null ? null : JSON.stringify(held), name);
      });
    },
    async overdue(now, limit) {
      return database.read(() => overdue.all(now, limit)).map((row) => text(row, 'name'));
    },
  };
}
