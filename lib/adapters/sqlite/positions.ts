/** Positions of watches in SQLite. */
import type { Positions } from '../../ports/positions.ts';
import type { Database } from './open-database.ts';
import { integer, text } from './row.ts';

export function sqlitePositions(database: Database): Positions {
  const of = database.prepare('SELECT kind, resource_version, listed_at FROM positions WHERE cluster = ?');
  const put = database.prepare(`
    INSERT INTO positions (cluster, kind, resource_version, listed_at) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET resource_version = excluded.resource_version, listed_at = excluded.listed_at`);
  const forget = database.prepare('DELETE FROM positions WHERE cluster = ? AND kind = ?');

  return {
    async of(cluster) {
      const rows = database.read(() => of.all(cluster));
      return Object.fromEntries(
        rows.map((row) => [
          text(row, 'kind'),
          { resourceVersion: text(row, 'resource_version'), listedAt: integer(row, 'listed_at') },
        ]),
      );
    },
    async put(cluster, kind, position) {
      database.write(() =>
        position === null
          ? forget.run(cluster, kind)
          : put.run(cluster, kind, position.resourceVersion, position.listedAt),
      );
    },
  };
}
