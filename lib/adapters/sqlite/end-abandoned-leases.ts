/** Ends the leases of workers that are known to be dead, so that a restart need not wait for them to run out. */
import type { Database } from './open-database.ts';
import { text } from './row.ts';

/**
 * `isDead` is asked about each holder. Only for a store on a local disk: elsewhere nobody can know. The fence still
 * grows with the next lease, so a worker that was declared dead by mistake cannot write.
 */
export function endAbandonedLeases(database: Database, isDead: (holder: string) => boolean): number {
  const held = database.prepare('SELECT name, holder FROM leases WHERE holder IS NOT NULL');
  const end = database.prepare('UPDATE leases SET holder = NULL WHERE name = ? AND holder = ?');
  return database.write(() => {
    const dead = held.all().filter((row) => isDead(text(row, 'holder')));
    for (const row of dead) end.run(text(row, 'name'), text(row, 'holder'));
    return dead.length;
  });
}
