/** Slots of clusters in SQLite: a row for each that is taken. */
import type { Slots } from '../../ports/slots.ts';
import type { Database } from './open-database.ts';
import { integer } from './row.ts';

export function sqliteSlots(database: Database): Slots {
  const taken = database.prepare('SELECT number FROM slots WHERE cluster = ? AND until > ?');
  const take = database.prepare(`
    INSERT INTO slots (cluster, number, holder, until) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET holder = excluded.holder, until = excluded.until`);
  const release = database.prepare('DELETE FROM slots WHERE cluster = ? AND number = ? AND holder = ?');

  return {
    async take(cluster, { of, holder, now, forMs }) {
      return database.write(() => {
        const busy = new Set(taken.all(cluster, now).map((row) => integer(row, 'number')));
        const number = Array.from({ length: of }, (_, index) => index).find((index) => !busy.has(index));
        if (number === undefined) return null;
        take.run(cluster, number, holder, now + forMs);
        return { cluster, number, holder };
      });
    },
    async release({ cluster, number, holder }) {
      database.write(() => release.run(cluster, number, holder));
    },
  };
}
