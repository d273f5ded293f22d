/** The store under real processes: killed at any moment, several at once, on a disk that is full. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openSqliteStore } from '../../../lib/adapters/sqlite/sqlite-store.ts';
import { exampleApplication } from '../../contracts/example-application.ts';
import { temporaryStorePath } from './temporary-store-path.ts';

const run = promisify(execFile);
const script = (name: string) => join(import.meta.dirname, name);
const rounds = 12;

test('sqlite: a writer killed with -9 at any moment has lost nothing it was told is kept', async (t) => {
  const path = temporaryStorePath(t);
  const store = openSqliteStore(path);
  t.after(() => store.close());
  await store.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });

  for (let round = 1; round <= rounds; round += 1) {
    const said = await sayingsUntilKilled(path, round);
    await checkMessages(said.get('sent') ?? []);
    await checkEvents(round, said.get('recorded') ?? []);
    await checkApplication(round, said.get('suspected') ?? [], said.get('settled') ?? []);
  }
  const file = new DatabaseSync(path, { readOnly: true });
  deepEqual({ ...file.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
  file.close();

  /** All that were acknowledged, each once, and at most the one that was being sent. */
  async function checkMessages(sent: readonly string[]): Promise<void> {
    const received = await store.queue.receive({ max: 100_000, now: Date.now(), forMs: 60_000 });
    const whys = received.map(({ message }) => message.why);
    deepEqual(
      whys.toSorted().filter((why) => sent.includes(why)),
      sent.toSorted(),
    );
    ok(whys.length - sent.length <= 1);
    for (const { receipt } of received) await store.queue.done(receipt);
  }

  /** Both events of an acknowledged append; for every event that is there, each of its notices. */
  async function checkEvents(round: number, recorded: readonly string[]): Promise<void> {
    const ids = (await store.events.list({ limit: 100_000 })).map(({ id }) => id);
    const ofRound = ids.filter((id) => id.startsWith(`${round}-`));
    for (const id of recorded) ok(ids.includes(`${id}-a`) && ids.includes(`${id}-b`), id);
    ok(ofRound.length - 2 * recorded.length <= 2);
    const notices = await store.outbox.take({ now: Date.now(), limit: 100_000, forMs: 0 });
    deepEqual(
      notices.map(({ id }) => id).toSorted(),
      ofRound.flatMap((id) => [`${id}@slack`, `${id}@status`]).toSorted(),
    );
    for (const { id } of notices) await store.outbox.done(id);
  }

  /** The state that was written last, and the suspect that nobody settled. The dead worker's lease ends. */
  async function checkApplication(round: number, suspected: readonly string[], settled: readonly string[]) {
    const entry = await store.applications.get('shop');
    const record = entry?.state.record ?? '';
    const turn = Number(record.split('-')[1]);
    ok(record.startsWith(`${round}-`) && turn >= settled.length - 1 && turn <= settled.length, record);
    const open = suspected.slice(turn + 1);
    for (const id of open) ok(entry?.suspects.includes(id), id);
    ok((entry?.suspects.length ?? 9) <= 1);
    const lease = await store.leases.take('shop', { holder: 'next', now: Date.now() + 120_000, forMs: 0 });
    ok(lease !== null && entry !== null);
    await store.leases.write(lease, entry.state, { seenWanted: entry.wanted, suspects: entry.suspects });
    ok(await store.leases.release(lease, { wanted: entry.wanted, lookAt: null }));
  }
});

test('sqlite: two processes never both receive one message', async (t) => {
  const path = temporaryStorePath(t);
  const store = openSqliteStore(path);
  t.after(() => store.close());
  const sent = Array.from({ length: 400 }, (_, at) => `message ${at}`);
  for (const why of sent) await store.queue.send({ about: 'fleet', why });
  const received = await receiveAtOnce(path, 2);
  deepEqual(received.flat().toSorted(), sent.toSorted());
});

test('sqlite: several processes may make one new store at once', async (t) => {
  const path = temporaryStorePath(t);
  deepEqual(await receiveAtOnce(path, 4), [[], [], [], []]);
  const store = openSqliteStore(path);
  t.after(() => store.close());
  deepEqual(await store.applications.list(), []);
});

test('sqlite and files: a full disk is told, loses nothing, and is over when there is room', {
  skip: noMounts(),
}, async (t) => {
  const folder = join(dirname(temporaryStorePath(t)), 'disk');
  mkdirSync(folder);
  const mount = `mount -t tmpfs -o size=4m none "$1" && exec "$2" "$3" "$1"`;
  const args = [...privateMounts, 'sh', '-c', mount, 'sh', folder, process.execPath, script('fill-disk.ts')];
  const { stdout } = await run('unshare', args, { timeout: 60_000 });
  deepEqual(JSON.parse(stdout), {
    sent: 'store.full',
    put: 'store.full',
    opened: 'store.full',
    kept: ['before', 'after'],
    sizes: [512 * 1024, 0, 512 * 1024],
  });
});

/** What each of so many processes received, all of them starting at one moment. */
async function receiveAtOnce(path: string, processes: number): Promise<string[][]> {
  const children = Array.from({ length: processes }, () => {
    const child = spawn(process.execPath, [script('receive-all.ts'), path]);
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    return { child, said, ready: once(child.stdout, 'data'), ended: once(child, 'close') };
  });
  await Promise.all(children.map(({ ready }) => ready));
  for (const { child } of children) child.stdin.end();
  for (const { ended } of children) deepEqual(await ended, [0, null]);
  return children.map(({ said }) => Buffer.concat(said).toString().trimEnd().split('\n').slice(1));
}

/** What the process said, by its first word, until it was killed 30 to 200 ms after its first. */
async function sayingsUntilKilled(path: string, round: number): Promise<Map<string, string[]>> {
  const child = spawn(process.execPath, [script('write-until-killed.ts'), path, String(round)]);
  const chunks: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunks.length === 0) setTimeout(() => child.kill('SIGKILL'), 30 + Math.random() * 170);
    chunks.push(chunk);
  });
  await once(child, 'close');
  equal(child.signalCode, 'SIGKILL', Buffer.concat(errors).toString());
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  const words = lines.map((line) => line.split(' '));
  return new Map(
    ['sent', 'recorded', 'suspected', 'settled'].map((word) => [
      word,
      words.flatMap(([first, id]) => (first === word && id !== undefined ? [id] : [])),
    ]),
  );
}

/** A mount only this process sees; as root, or as root of a user namespace of its own. */
const privateMounts = process.getuid?.() === 0 ? ['-m'] : ['-rm'];

function noMounts(): string | false {
  try {
    execFileSync('unshare', [process.getuid?.() === 0 ? '-m' : '-rm', 'true'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'no small disk can be made here (unshare)';
  }
}
