/** Ends what dead processes of this machine still hold, so that a restart goes on at once and not when their leases end. */
import type { Database } from './open-database.ts';
import { text } from './row.ts';

/** Slots of clusters too. `isGone` judges by the holder's name. The Applications are due at `now`; their names are returned. */
export function freeLeases(database: Database, isGone: (holder: string) => boolean, now: number): string[] {
  const held = database.prepare('SELECT name, holder FROM leases WHERE holder IS NOT NULL ORDER BY name');
  const free = database.prepare('UPDATE leases SET holder = NULL WHERE name = ?');
  const wake = database.prepare('UPDATE applications SET look_at = min(look_at, ?) WHERE name = ?');
  const slots = database.prepare('SELECT DISTINCT holder FROM slots');
  const release = database.prepare('DELETE FROM slots WHERE holder = ?');
  return database.write(() => {
    const holders = slots.all().map((row) => text(row, 'holder'));
    for (const holder of holders.filter(isGone)) release.run(holder);
    const names = held
      .all()
      .filter((row) => isGone(text(row, 'holder')))
      .map((row) => text(row, 'name'));
    for (const name of names) {
      free.run(name);
      wake.run(now, name);
    }
    return names;
  });
}
