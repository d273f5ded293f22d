import { deepEqual, equal, ok } from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWorker, type WorkerOptions } from '../../../cli/serve/worker.ts';
import { memoryQueue } from '../../../lib/adapters/memory/queue.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { Message } from '../../../lib/ports/queue.ts';
import { silentLog } from '../../support/silent-log.ts';

function open(t: TestContext, options: Partial<WorkerOptions> & Pick<WorkerOptions, 'handle'>) {
  const queue = memoryQueue(Date.now);
  const outcomes: string[] = [];
  const worker = createWorker({
    inbox: queue,
    log: silentLog,
    now: Date.now,
    pollMs: 5,
    handled: ({ about }, outcome) => outcomes.push(`${about} ${outcome}`),
    ...options,
  });
  t.after(() => worker.stop());
  return { queue, worker, outcomes };
}

const of = (name: string): Message => ({ about: 'application', name, why: 'test' });

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    ok(tries < 400, 'it did not happen within two seconds');
    await sleep(5);
  }
}

test('worker handles what is queued, and once', async (t) => {
  const seen: string[] = [];
  const { queue, worker, outcomes } = open(t, { handle: async (message) => void seen.push(JSON.stringify(message)) });
  await queue.send(of('a'));
  await queue.send({ about: 'fleet', why: 'test' });
  worker.start();
  await until(() => outcomes.length === 2);
  await sleep(30);
  deepEqual(outcomes.toSorted(), ['application done', 'fleet done']);
  equal(seen.length, 2);
});

test('worker takes at once what handling a message put into the queue', async (t) => {
  const { queue, worker, outcomes } = open(t, {
    pollMs: 60_000,
    handle: async ({ about }) => {
      if (about === 'fleet') await queue.send(of('a'));
    },
  });
  await queue.send({ about: 'fleet', why: 'test' });
  worker.start();
  await until(() => outcomes.length === 2);
  deepEqual(outcomes, ['fleet done', 'application done']);
});

test('worker works on several things at once, but never twice on the same', async (t) => {
  const open_: string[] = [];
  let most = 0;
  const handle = async (message: Message) => {
    const name = message.about === 'application' ? message.name : '';
    ok(!open_.includes(name), `${name} is worked on twice at once`);
    open_.push(name);
    most = Math.max(most, open_.length);
    await sleep(30);
    open_.splice(open_.indexOf(name), 1);
  };
  const { queue, worker, outcomes } = open(t, { handle });
  for (const name of ['a', 'a', 'b', 'c']) await queue.send(of(name));
  worker.start();
  await until(() => outcomes.length === 4);
  equal(most, 3);
});

test('worker has a message again, later, when waiting may help', async (t) => {
  let tries = 0;
  // Ahead of the clock that dates what is sent, or nothing would be due.
  let time = Date.now() + 60_000;
  const handle = async () => {
    tries += 1;
    if (tries === 1) throw new Fault('cluster.unreachable', { cluster: 'prod' });
  };
  const { queue, worker, outcomes } = open(t, { handle, now: () => time });
  await queue.send(of('a'));
  worker.start();
  await until(() => outcomes.length === 1);
  await sleep(20);
  deepEqual([tries, outcomes], [1, ['application again']]);
  time += 1500;
  await until(() => outcomes.length === 2);
  deepEqual([tries, outcomes], [2, ['application again', 'application done']]);
});

test('worker drops what waiting cannot cure, and goes on', async (t) => {
  const handle = async (message: Message) => {
    if (message.about === 'application') throw new Fault('application.not_found', { application: 'a', known: '' });
  };
  const { queue, worker, outcomes } = open(t, { handle });
  await queue.send(of('a'));
  worker.start();
  await until(() => outcomes.length === 1);
  await queue.send({ about: 'fleet', why: 'test' });
  await until(() => outcomes.length === 2);
  deepEqual(outcomes, ['application dropped', 'fleet done']);
});

test('worker goes on when the queue fails for a while', async (t) => {
  const queue = memoryQueue(Date.now);
  let failures = 2;
  const inbox = {
    ...queue,
    receive: async (options: Parameters<typeof queue.receive>[0]) => {
      if (failures-- > 0) throw new Fault('store.full', { path: 'a' });
      return queue.receive(options);
    },
  };
  const { worker, outcomes } = open(t, { handle: async () => {}, inbox });
  await queue.send(of('a'));
  worker.start();
  await until(() => outcomes.length === 1);
});

test('worker looks at once when it is nudged', async (t) => {
  const { queue, worker, outcomes } = open(t, { handle: async () => {}, pollMs: 60_000 });
  worker.start();
  await sleep(10);
  await queue.send(of('a'));
  worker.nudge();
  await until(() => outcomes.length === 1);
});

test('worker that is stopped finishes what it has begun and takes nothing more', async (t) => {
  let finished = false;
  const begun = Promise.withResolvers<void>();
  const handle = async () => {
    begun.resolve();
    await sleep(40);
    finished = true;
  };
  const { queue, worker } = open(t, { handle, parallel: 1 });
  await queue.send(of('a'));
  await queue.send(of('b'));
  worker.start();
  await begun.promise;
  await worker.stop();
  ok(finished);
  equal((await queue.receive({ max: 9, now: Date.now(), forMs: 1 })).length, 1);
});
