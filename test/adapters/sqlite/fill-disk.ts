/** A process that meets a full disk in FOLDER (a few MB, nothing else on it) and prints what the store says, as JSON: `node fill-disk.ts FOLDER`. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openBlobs } from '../../../lib/adapters/files/blobs.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/sqlite-store.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const folder = process.argv[2] ?? '';
const ballast = join(folder, 'ballast');
const large = new Uint8Array(512 * 1024).map((_, at) => (at * 7919) >> 3);

const store = openSqliteStore(join(folder, 'trueup.db'));
const blobs = await openBlobs(join(folder, 'blobs'), { installationKey: new Uint8Array(32), now: 0 });
await store.queue.send({ about: 'fleet', why: 'before' });
await blobs.put('before', large);

fill();
const sent = await told(async () => {
  for (;;) await store.queue.send({ about: 'fleet', why: 'x'.repeat(10_000) });
});
const put = await told(() => blobs.put('during', large));
const opened = await told(async () => openSqliteStore(join(folder, 'second.db')));

rmSync(ballast);
await store.queue.send({ about: 'fleet', why: 'after' });
await blobs.put('after', large);
const received = await store.queue.receive({ max: 1000, now: Date.now(), forMs: 1 });
const kept = received.map(({ message }) => message.why).filter((why) => why.length < 10);
const sizes = [await blobs.get('before'), await blobs.get('during'), await blobs.get('after')].map(
  (b) => b?.length ?? 0,
);
store.close();
console.log(JSON.stringify({ sent, put, opened, kept, sizes }));

function fill(): void {
  const file = openSync(ballast, 'w');
  try {
    for (;;) writeSync(file, new Uint8Array(4096));
  } catch {
    closeSync(file);
  }
}

async function told(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'nothing';
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
}
