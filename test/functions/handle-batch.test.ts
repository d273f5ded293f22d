import { deepEqual, equal, ok } from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { type Batch, handleBatch } from '../../functions/handle-batch.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Message } from '../../lib/ports/queue.ts';
import { awsBatchAnswer } from './aws-batch-answer.ts';
import { sqsEvent } from './lambda-events.ts';

const startedAt = 1_000_000;
const shop: Message = { about: 'application', name: 'shop', why: 'test' };
const application = JSON.stringify({ v: 1, ...shop });
const unreachable = new Fault('git.unreachable', { repoURL: 'a' });

type Moved = { receipt: string; seconds: number };
type Line = { name: string; facts: Record<string, unknown>; error?: unknown };

/** A batch whose messages are handled by `handle`; `moved` is every change of visibility, `lines` what was logged. */
function batchThat(handle: Batch['handle'], over: Partial<Batch> = {}) {
  const moved: Moved[] = [];
  const lines: Line[] = [];
  const line = (name: string, facts: Record<string, unknown> = {}, error?: unknown) => {
    lines.push(error === undefined ? { name, facts } : { name, facts, error });
  };
  const batch: Batch = {
    handle,
    remaining: () => 300_000,
    maxReceiveCount: 5,
    inbox: { again: async (receipt, at) => void moved.push({ receipt, seconds: (at - startedAt) / 1000 }) },
    log: { info: line, warn: line, error: line },
    now: () => startedAt,
    ...over,
  };
  return { moved, lines, batch, names: () => lines.map(({ name }) => name) };
}

/** As if SQS had delivered its messages so often. */
function delivered(times: number, event: SQSEvent): SQSEvent {
  const again = (record: SQSRecord) => ({
    ...record,
    attributes: { ...record.attributes, ApproximateReceiveCount: String(times) },
  });
  return { Records: event.Records.map(again) };
}

const fail = (error: unknown) => async () => Promise.reject(error);
const succeed = async () => {};

test('handle-batch gives back by its id each message that waiting may cure, so that AWS deletes the others', async () => {
  const event = sqsEvent(
    application,
    JSON.stringify({ about: 'repository', repoURL: 'a', why: 'test' }),
    application,
    'garbage',
    application,
  );
  const { batch } = batchThat(async ({ about }) => (about === 'repository' ? Promise.reject(unreachable) : undefined));
  const answer = await handleBatch(event, batch);
  deepEqual(awsBatchAnswer(event, answer), { deleted: ['m-1', 'm-3', 'm-4', 'm-5'], again: ['m-2'] });
});

for (const { it, answer } of [
  { it: 'an id of nobody', answer: { batchItemFailures: [{ itemIdentifier: 'm-3' }] } },
  { it: 'an empty id', answer: { batchItemFailures: [{ itemIdentifier: '' }] } },
  { it: 'no id', answer: { batchItemFailures: [{}] } },
  { it: 'a receipt for an id', answer: { batchItemFailures: [{ itemIdentifier: 'handle-1' }] } },
]) {
  test(`handle-batch is held against what AWS does with ${it}: all comes again`, () => {
    deepEqual(awsBatchAnswer(sqsEvent(application, application), answer), { deleted: [], again: ['m-1', 'm-2'] });
  });
}

test('handle-batch makes a message visible again within two minutes, and beats while it is handled', async (t) => {
  const clock = stoppedClock(t);
  const finished = Promise.withResolvers<void>();
  const { batch, moved } = batchThat(() => finished.promise, { now: clock.now });
  const handled = handleBatch(sqsEvent(application), batch);
  await clock.pass(39_999);
  deepEqual(moved, [{ receipt: 'handle-1', seconds: 120 }]);
  await clock.pass(1);
  await clock.pass(40_000);
  deepEqual(
    moved.map(({ seconds }) => seconds),
    [120, 160, 200],
  );
  finished.resolve();
  deepEqual(await handled, { batchItemFailures: [] });
  await clock.pass(100_000);
  equal(moved.length, 3);
});

for (const [times, seconds] of [
  [1, 10],
  [2, 20],
  [4, 80],
  [8, 900],
] as const) {
  test(`handle-batch lets a message that failed ${times} times wait for ${seconds} s`, async () => {
    const { batch, moved } = batchThat(fail(unreachable), { maxReceiveCount: 10 });
    const event = delivered(times, sqsEvent(application));
    deepEqual(awsBatchAnswer(event, await handleBatch(event, batch)).again, ['m-1']);
    deepEqual(moved.at(-1), { receipt: 'handle-1', seconds });
  });
}

test('handle-batch lets no late beat undo the wait after a failure', async (t) => {
  const clock = stoppedClock(t);
  const slow = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<void>();
  const seconds: number[] = [];
  const again: Batch['inbox']['again'] = async (_, at) => {
    if (seconds.length === 0) await slow.promise;
    seconds.push((at - startedAt) / 1000);
  };
  const { batch } = batchThat(() => failed.promise, { inbox: { again } });
  const handled = handleBatch(sqsEvent(application), batch);
  failed.reject(unreachable);
  await clock.pass(0);
  deepEqual(seconds, []);
  slow.resolve();
  await handled;
  deepEqual(seconds, [120, 10]);
});

test('handle-batch explains a dead letter: message and fault, and it goes there at once', async () => {
  const { batch, moved, lines } = batchThat(fail(unreachable), { maxReceiveCount: 3 });
  const event = delivered(3, sqsEvent(application));
  deepEqual(awsBatchAnswer(event, await handleBatch(event, batch)).again, ['m-1']);
  const facts = { messageId: 'm-1', deliveries: 3, message: shop };
  deepEqual(lines, [
    { name: 'message.came_again', facts },
    { name: 'message.given_up', facts: { ...facts, outcome: 'again' }, error: unreachable },
  ]);
  deepEqual(moved.at(-1), { receipt: 'handle-1', seconds: 0 });
});

for (const message of [
  { about: 'cluster', name: 'prod', why: 'tick' },
  { about: 'fleet', why: 'tick' },
  { about: 'outbox', why: 'try again' },
] satisfies Message[]) {
  test(`handle-batch leaves a failed look at the ${message.about} to the next minute's, so that an outage makes no dead letters`, async () => {
    const { batch, names } = batchThat(fail(unreachable));
    const event = sqsEvent(JSON.stringify(message));
    deepEqual(awsBatchAnswer(event, await handleBatch(event, batch)).deleted, ['m-1']);
    deepEqual(names(), ['message.failed']);
    const bug = batchThat(fail(new TypeError('a bug')));
    deepEqual(awsBatchAnswer(event, await handleBatch(event, bug.batch)).again, ['m-1']);
    const late = batchThat(succeed, { remaining: () => 59_999 });
    deepEqual(awsBatchAnswer(event, await handleBatch(event, late.batch)).again, ['m-1']);
  });
}

test('handle-batch takes on no more when the function has less than a minute left', async () => {
  let handledSoFar = 0;
  const handle = async () => {
    handledSoFar += 1;
  };
  const { batch, moved, lines } = batchThat(handle, { remaining: () => (handledSoFar < 5 ? 60_000 : 59_999) });
  const event = sqsEvent(...Array.from({ length: 7 }, () => application));
  deepEqual(awsBatchAnswer(event, await handleBatch(event, batch)).again, ['m-6', 'm-7']);
  equal(handledSoFar, 5);
  deepEqual(moved.slice(-2), [
    { receipt: 'handle-6', seconds: 0 },
    { receipt: 'handle-7', seconds: 0 },
  ]);
  const { error } = lines.at(-1) ?? {};
  ok(error instanceof Fault && error.code === 'queue.no_time');
});

for (const [it, body] of [
  ['of a newer version', { v: 2, about: 'fleet', why: 'test' }],
  ['about something this version does not know', { v: 1, about: 'weather', place: 'here' }],
] as const) {
  test(`handle-batch gives back a message ${it}, for the version that wrote it`, async () => {
    const { batch, lines } = batchThat(succeed);
    const event = sqsEvent(JSON.stringify(body));
    deepEqual(awsBatchAnswer(event, await handleBatch(event, batch)).again, ['m-1']);
    const { error } = lines[0] ?? {};
    ok(error instanceof Fault && error.code === 'queue.newer_message');
  });
}

test('handle-batch says how long a message took', async () => {
  let at = startedAt;
  const handle = async () => {
    at += 1234;
  };
  const { batch, lines } = batchThat(handle, { now: () => at });
  await handleBatch(sqsEvent(application), batch);
  deepEqual(lines, [
    {
      name: 'message.handled',
      facts: { messageId: 'm-1', deliveries: 1, message: shop, durationMs: 1234 },
    },
  ]);
});

test('handle-batch handles a message also when its visibility cannot be changed, and says so', async () => {
  const denied = new Fault('queue.denied', { queue: 'q', action: 'sqs:ChangeMessageVisibility' });
  const { batch, names } = batchThat(fail(unreachable), { inbox: { again: async () => Promise.reject(denied) } });
  const event = sqsEvent(application);
  deepEqual(awsBatchAnswer(event, await handleBatch(event, batch)).again, ['m-1']);
  deepEqual(names(), ['message.not_kept', 'message.failed', 'message.not_kept']);
});

/** Timers and time stand still until told; `pass` also lets what was started by them settle. */
function stoppedClock(t: TestContext) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let at = startedAt;
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => at,
    async pass(ms: number) {
      await settled();
      at += ms;
      t.mock.timers.tick(ms);
      await settled();
    },
  };
}
