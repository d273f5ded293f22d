/** A process that writes to a store as fast as it can and says on stdout what it was told is kept: `node write-until-killed.ts PATH ROUND`. */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../lib/adapters/sqlite/sqlite-store.ts';
import { exampleEvent } from '../../contracts/example-event.ts';

const [path = '', round = ''] = process.argv.slice(2);
const { applications, events, leases, queue, wakes } = openSqliteStore(path);
const channels = ['slack', 'status'];
const say = (line: string) => writeSync(1, `${line}\n`);

for (let turn = 0; ; turn += 1) {
  const id = `${round}-${turn}`;
  await queue.send({ about: 'application', name: 'shop', why: id });
  say(`sent ${id}`);
  await events.append([`${id}-a`, `${id}-b`].map((event) => ({ event: exampleEvent({ id: event }), channels })));
  say(`recorded ${id}`);
  await wakes.suspect('shop', [id], turn);
  say(`suspected ${id}`);
  const entry = await applications.get('shop');
  const lease = await leases.take('shop', { holder: round, now: Date.now(), forMs: 60_000 });
  if (entry === null || lease === null) throw new Error('the Application is there, and its lease is free');
  await leases.write(lease, { ...entry.state, record: id }, { seenWanted: entry.wanted, suspects: [id] });
  say(`settled ${id}`);
  await leases.release(lease, { wanted: entry.wanted, lookAt: null });
}
