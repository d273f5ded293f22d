/** A queue in SQLite: delay, visibility, at least once; a message is on the disk when `send` returns. */
import type { Clock } from '../../ports/clock.ts';
import type { Inbox, Message, Queue } from '../../ports/queue.ts';
import type { Database } from './open-database.ts';
import { integer, text } from './row.ts';

export function sqliteQueue(database: Database, now: Clock): Queue & Inbox {
  const send = database.prepare('INSERT INTO messages (body, due_at, deliveries) VALUES (?, ?, 0)');
  const receive = database.prepare(`
    UPDATE messages SET due_at = :until, deliveries = deliveries + 1
    WHERE id IN (SELECT id FROM messages WHERE due_at <= :now ORDER BY due_at, id LIMIT :max)
    RETURNING id, body, deliveries`);
  const done = database.prepare('DELETE FROM messages WHERE id = ? AND deliveries = ?');
  const count = database.prepare('SELECT count(*) AS depth FROM messages WHERE due_at >= 0');
  const again = database.prepare('UPDATE messages SET due_at = ? WHERE id = ? AND deliveries = ?');

  return {
    async send(message, { delayMs = 0 } = {}) {
      database.write(() => send.run(JSON.stringify(message), now() + delayMs));
    },
    async receive({ max, now, forMs }) {
      const rows = database.write(() => receive.all({ now, max, until: now + forMs }));
      return rows.map((row) => {
        const message: Message = JSON.parse(text(row, 'body'));
        const deliveries = integer(row, 'deliveries');
        return { message, deliveries, receipt: `${integer(row, 'id')}/${deliveries}` };
      });
    },
    async done(receipt) {
      database.write(() => done.run(...delivery(receipt)));
    },
    async again(receipt, at) {
      database.write(() => again.run(at, ...delivery(receipt)));
    },
    depth: async () =>
      integer(
        database.read(() => count.get()),
        'depth',
      ),
  };
}

/** A receipt names one delivery: once the message has come again, the old receipt moves nothing. */
function delivery(receipt: string): [id: number, deliveries: number] {
  const [id, deliveries] = receipt.split('/');
  return [Number(id), Number(deliveries)];
}
