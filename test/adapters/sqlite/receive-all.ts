/** A process that opens a store when its stdin ends, takes messages until none is due, and prints why each was sent: `node receive-all.ts PATH`. */
import { openSqliteStore } from '../../../lib/adapters/sqlite/sqlite-store.ts';

console.log('ready');
for await (const _ of process.stdin);
const store = openSqliteStore(process.argv[2] ?? '');
for (;;) {
  const received = await store.queue.receive({ max: 3, now: Date.now(), forMs: 60_000 });
  if (received.length === 0) break;
  for (const { message } of received) console.log(message.why);
}
store.close();
