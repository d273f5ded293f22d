/** Webhook deliveries in SQLite; remembering one forgets those older than a week. */
import type { Deliveries } from '../../ports/deliveries.ts';
import type { Database } from './open-database.ts';

const weekMs = 7 * 24 * 60 * 60 * 1000;

export function sqliteDeliveries(database: Database): Deliveries {
  const known = database.prepare('SELECT 1 FROM deliveries WHERE git_host = ? AND delivery = ?');
  const remember = database.prepare(
    'INSERT INTO deliveries (git_host, delivery, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const forget = database.prepare('DELETE FROM deliveries WHERE at < ?');

  return {
    async known(gitHost, delivery) {
      return database.read(() => known.get(gitHost, delivery)) !== undefined;
    },
    async remember(gitHost, delivery, now) {
      database.write(() => {
        forget.run(now - weekMs);
        remember.run(gitHost, delivery, now);
      });
    },
  };
}
