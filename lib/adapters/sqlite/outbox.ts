/** Notices owed, in SQLite. */
import type { Event } from '../../core/event/event.ts';
import type { Outbox } from '../../ports/outbox.ts';
import type { Database } from './open-database.ts';
import { integer, text } from './row.ts';

export function sqliteOutbox(database: Database): Outbox {
  const due = database.prepare(`
    SELECT notices.id, channel, attempts, body FROM notices JOIN events ON events.id = notices.event
    WHERE due_at <= ? ORDER BY due_at, at, notices.id LIMIT ?`);
  const hide = database.prepare('UPDATE notices SET due_at = ? WHERE id = ?');
  const done = database.prepare('DELETE FROM notices WHERE id = ?');
  const again = database.prepare('UPDATE notices SET attempts = attempts + 1, due_at = ? WHERE id = ?');

  return {
    async take({ now, limit, forMs }) {
      const rows = database.write(() => {
        const found = due.all(now, limit);
        for (const row of found) hide.run(now + forMs, text(row, 'id'));
        return found;
      });
      return rows.map((row) => {
        const event: Event = JSON.parse(text(row, 'body'));
        return { id: text(row, 'id'), channel: text(row, 'channel'), event, attempts: integer(row, 'attempts') };
      });
    },
    async done(id) {
      database.write(() => done.run(id));
    },
    async again(id, at) {
      database.write(() => again.run(at, id));
    },
  };
}
