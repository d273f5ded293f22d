/** The file of the store: kept over a restart, shared by processes, and refused with a reason when it cannot be used. */
import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { migrations } from '../../../lib/adapters/sqlite/migrations.ts';
import { openDatabase } from '../../../lib/adapters/sqlite/open-database.ts';
import { sqliteQueue } from '../../../lib/adapters/sqlite/queue.ts';
import { openSqliteStore, sqlitePorts } from '../../../lib/adapters/sqlite/sqlite-store.ts';
import { initialState } from '../../../lib/core/application/initial-state.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { exampleApplication } from '../../contracts/example-application.ts';
import { exampleEvent } from '../../contracts/example-event.ts';
import { temporaryStorePath } from './temporary-store-path.ts';

test('sqlite: everything is there again after a restart', async (t) => {
  const path = temporaryStorePath(t);
  const before = opened(t, path);
  await before.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  const lease = await before.leases.take('shop', { holder: 'a', now: 0, forMs: 1000 });
  await before.events.append([{ event: exampleEvent({ id: 'e1' }), channels: ['slack'] }]);
  await before.queue.send({ about: 'fleet', why: 'start' }, { delayMs: 500 });
  await before.positions.put('prod', 'v1/Pod', { resourceVersion: '1', listedAt: 1 });
  await before.deliveries.remember('github', 'd1', 0);
  const entry = await before.applications.get('shop');
  before.close();

  const after = opened(t, path);
  deepEqual(await after.applications.get('shop'), entry);
  equal(await after.leases.take('shop', { holder: 'b', now: 999, forMs: 1000 }), null);
  equal((await after.leases.take('shop', { holder: 'b', now: 1000, forMs: 1000 }))?.fence, (lease?.fence ?? 0) + 1);
  equal((await after.events.list({ limit: 10 })).length, 1);
  equal((await after.outbox.take({ now: 0, limit: 10, forMs: 0 })).length, 1);
  equal((await after.queue.receive({ max: 10, now: 499, forMs: 1 })).length, 0);
  equal((await after.queue.receive({ max: 10, now: 500, forMs: 1 })).length, 1);
  deepEqual(Object.keys(await after.positions.of('prod')), ['v1/Pod']);
  equal(await after.deliveries.known('github', 'd1'), true);
});

test('sqlite: two openings of one file see each other at once', async (t) => {
  const path = temporaryStorePath(t);
  const serve = opened(t, path);
  const cli = opened(t, path);
  await serve.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  await cli.wakes.wake('shop', 5);
  equal((await serve.applications.get('shop'))?.wanted, 2);
  await cli.queue.send({ about: 'application', name: 'shop', why: 'asked' });
  equal((await serve.queue.receive({ max: 10, now: 0, forMs: 1000 })).length, 1);
  equal((await cli.queue.receive({ max: 10, now: 0, forMs: 1000 })).length, 0);
});

test('sqlite: the file is its owner’s alone, its log too', (t) => {
  const path = temporaryStorePath(t);
  opened(t, path);
  for (const file of [path, `${path}-wal`, `${path}-shm`]) equal(statSync(file).mode & 0o777, 0o600, file);
});

test('sqlite: a commit is on the disk before it is answered', (t) => {
  const database = openDatabase(temporaryStorePath(t));
  t.after(() => database.close());
  deepEqual({ ...database.prepare('PRAGMA synchronous').get() }, { synchronous: 2 });
  deepEqual({ ...database.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' });
});

test('sqlite: a file of a newer Trueup is left as it is', (t) => {
  const path = temporaryStorePath(t);
  openSqliteStore(path).close();
  const newer = new DatabaseSync(path);
  newer.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  newer.close();
  throws(
    () => openSqliteStore(path),
    fault('store.newer_schema', { path, found: migrations.length + 1, allowed: migrations.length }),
  );
});

test('sqlite: the database of another program is refused and left as it is', (t) => {
  const path = temporaryStorePath(t);
  const other = new DatabaseSync(path);
  other.exec('CREATE TABLE bookmarks (url TEXT)');
  other.close();
  const before = readFileSync(path);
  throws(() => openSqliteStore(path), fault('store.unreadable', { because: 'it is the database of another program' }));
  deepEqual(readFileSync(path), before);
});

test('sqlite: a file that is no database is refused', (t) => {
  const path = temporaryStorePath(t);
  writeFileSync(path, 'store: {kind: sqlite}\n'.repeat(100));
  throws(() => openSqliteStore(path), fault('store.unreadable', { path, because: 'file is not a database' }));
});

test('sqlite: a missing folder is said, with what to check', (t) => {
  const path = join(dirname(temporaryStorePath(t)), 'nowhere', 'trueup.db');
  throws(
    () => openSqliteStore(path),
    (error) => {
      ok(error instanceof Fault);
      equal(error.code, 'store.unavailable');
      match(error.message, /^The store .*nowhere\/trueup\.db cannot be used: unable to open database file$/);
      match(error.hint, /folder exists/);
      return true;
    },
  );
});

test('sqlite: a full disk keeps what was there and goes on when there is room again', async (t) => {
  const path = temporaryStorePath(t);
  const database = openDatabase(path);
  t.after(() => database.close());
  const queue = sqliteQueue(database, () => 0);
  await queue.send({ about: 'fleet', why: 'before' });
  const { page_count: pages } = { ...database.prepare('PRAGMA page_count').get() };
  database.prepare(`PRAGMA max_page_count = ${pages}`).get();
  const tooMuch = { about: 'fleet', why: 'x'.repeat(100_000) } as const;
  await rejects(queue.send(tooMuch), fault('store.full', { path }));
  await rejects(queue.send(tooMuch), fault('store.full', { path }));
  database.prepare('PRAGMA max_page_count = 100000').get();
  await queue.send({ about: 'fleet', why: 'after' });
  deepEqual(
    (await queue.receive({ max: 10, now: 0, forMs: 1 })).map(({ message }) => message.why),
    ['before', 'after'],
  );
});

test('sqlite: a transaction that fails leaves nothing behind', (t) => {
  const database = openDatabase(temporaryStorePath(t));
  t.after(() => database.close());
  const send = database.prepare("INSERT INTO messages (body, due_at, deliveries) VALUES ('{}', 0, 0)");
  const bug = new Error('a bug');
  throws(
    () =>
      database.write(() => {
        send.run();
        throw bug;
      }),
    bug,
  );
  deepEqual({ ...database.prepare('SELECT count(*) AS messages FROM messages').get() }, { messages: 0 });
});

test('sqlite: the leases of a dead process are free at once, those of a living one are not', async (t) => {
  const { applications, leases, freeLeases, wakes } = opened(t, temporaryStorePath(t));
  for (const name of ['api', 'shop', 'web'])
    await applications.put(exampleApplication({ name }), { cluster: 'prod', leaving: false });
  const ofDead = await leases.take('shop', { holder: 'dead', now: 0, forMs: 1000 });
  await leases.take('web', { holder: 'living', now: 0, forMs: 1000 });
  const released = await leases.take('api', { holder: 'dead', now: 0, forMs: 1000 });
  ok(ofDead !== null && released !== null);
  await leases.release(released, { wanted: 1, lookAt: null });

  deepEqual(
    freeLeases((holder) => holder === 'dead'),
    ['shop'],
  );
  deepEqual(await wakes.overdue(0, 10), ['shop']);
  await rejects(leases.write(ofDead, initialState('shop')), fault('store.lease_lost', { application: 'shop' }));
  equal(await leases.take('web', { holder: 'next', now: 1, forMs: 1000 }), null);
  equal((await leases.take('shop', { holder: 'next', now: 1, forMs: 1000 }))?.fence, ofDead.fence + 1);
});

test('sqlite: the slots of a dead process are free at once, those of a living one are not', async (t) => {
  const { slots, freeLeases } = opened(t, temporaryStorePath(t));
  const take = (holder: string) => slots.take('prod', { of: 2, holder, now: 0, forMs: 300_000 });
  await take('dead');
  await take('alive');
  equal(await take('another'), null);
  freeLeases((holder) => holder === 'dead');
  deepEqual(await take('another'), { cluster: 'prod', number: 0, holder: 'another' });
  equal(await take('a third'), null);
});

test('sqlite: deliveries older than a week are forgotten with the next one', async (t) => {
  const { deliveries } = opened(t, temporaryStorePath(t));
  const weekMs = 7 * 24 * 60 * 60 * 1000;
  await deliveries.remember('github', 'old', 0);
  await deliveries.remember('github', 'new', weekMs + 1);
  equal(await deliveries.known('github', 'old'), false);
  equal(await deliveries.known('github', 'new'), true);
});

test('sqlite: nothing but the list of Applications reads a whole table', (t) => {
  const database = openDatabase(temporaryStorePath(t));
  t.after(() => database.close());
  const asked: string[] = [];
  const prepare = (sql: string) => {
    asked.push(sql);
    return database.prepare(sql);
  };
  sqlitePorts({ ...database, prepare }, () => 0);
  const scans = asked.flatMap((sql) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .filter(({ detail }) => String(detail).startsWith('SCAN'))
      .map(() => sql),
  );
  deepEqual(scans, ['SELECT * FROM applications ORDER BY name']);
  ok(asked.length > 30);
});

function opened(t: TestContext, path: string) {
  const store = openSqliteStore(path, () => 0);
  t.after(() => {
    try {
      store.close();
    } catch {
      // The test has closed it.
    }
  });
  return store;
}

function fault(code: string, facts: Record<string, unknown>) {
  return (error: unknown) => {
    ok(error instanceof Fault, String(error));
    equal(error.code, code);
    for (const [name, value] of Object.entries(facts)) equal(error.facts[name], value);
    return true;
  };
}
