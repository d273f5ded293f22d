/** The permanent record in SQLite; what it owes to channels is written with it. */
import type { Event } from '../../core/event/event.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Database } from './open-database.ts';
import { text } from './row.ts';

export function sqliteEventLog(database: Database): EventLog {
  const add = database.prepare(
    'INSERT INTO events (id, application, at, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const owe = database.prepare(`
    INSERT INTO notices (id, event, channel, attempts, due_at) VALUES (?, ?, ?, 0, 0) ON CONFLICT DO NOTHING`);
  const find = database.prepare('SELECT at FROM events WHERE id = ?');
  const all = database.prepare(
    'SELECT body FROM events WHERE (at, id) < (:at, :id) ORDER BY at DESC, id DESC LIMIT :limit',
  );
  const ofApplication = database.prepare(`
    SELECT body FROM events WHERE application = :application AND (at, id) < (:at, :id)
    ORDER BY at DESC, id DESC LIMIT :limit`);

  return {
    async append(entries) {
      database.write(() => {
        for (const { event, channels } of entries) {
          if (add.run(event.id, event.application, event.at, JSON.stringify(event)).changes === 0) continue;
          for (const channel of channels) owe.run(`${event.id}@${channel}`, event.id, channel);
        }
      });
    },
    async list({ application, before, limit }) {
      const rows = database.read(() => {
        const end = before === undefined ? endOfTime : find.get(before);
        if (end === undefined) return [];
        const from = { at: text(end, 'at'), id: before ?? '', limit };
        return application === undefined ? all.all(from) : ofApplication.all({ ...from, application });
      });
      return rows.map((row): Event => JSON.parse(text(row, 'body')));
    },
  };
}

/** Sorts after every ISO 8601 time. */
const endOfTime = { at: '~' };
