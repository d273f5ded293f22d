import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { sqsInbox } from '../../../lib/adapters/sqs/inbox.ts';
import { sqsQueue } from '../../../lib/adapters/sqs/queue.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { type Answer, type Asked, md5, openSqsDouble, refused } from './sqs-double.ts';

const now = 1_000_000;

async function opened(t: TestContext, answer?: (asked: Asked) => Answer) {
  const { client, queueUrl, asked } = await openSqsDouble(t, answer);
  const lines: { name: string; facts: unknown }[] = [];
  const line = (name: string, facts: unknown) => void lines.push({ name, facts });
  const log = { info: line, warn: line, error: line };
  const inbox = sqsInbox({ client, queueUrl, log, now: () => now });
  return { asked, queueUrl, lines, inbox, queue: sqsQueue(client, queueUrl) };
}

test('sqs-queue sends a wake-up as JSON', async (t) => {
  const { asked, queue, queueUrl } = await opened(t);
  await queue.send({ about: 'application', name: 'shop', why: 'push' });
  deepEqual(asked, [
    {
      target: 'SendMessage',
      body: {
        QueueUrl: queueUrl,
        DelaySeconds: 0,
        MessageBody: '{"v":1,"about":"application","name":"shop","why":"push"}',
      },
    },
  ]);
});

for (const [delayMs, seconds] of [
  [-5, 0],
  [1, 1],
  [1500, 2],
  [900_000, 900],
  [3_600_000, 900],
] as const) {
  test(`sqs-queue delays ${delayMs} ms by ${seconds} whole seconds`, async (t) => {
    const { asked, queue } = await opened(t);
    await queue.send({ about: 'fleet', why: 'tick' }, { delayMs });
    equal(asked[0]?.body.DelaySeconds, seconds);
  });
}

test('sqs-inbox takes at most ten at once, and no more when there are fewer', async (t) => {
  let left = 12;
  const message = sqsMessage({ Body: '{"about":"fleet","why":"tick"}', ReceiptHandle: 'r' });
  const { asked, inbox } = await opened(t, ({ body }) => {
    const given = Math.min(left, Number(body.MaxNumberOfMessages));
    left -= given;
    return { status: 200, body: { Messages: Array.from({ length: given }, () => message) } };
  });
  equal((await inbox.receive({ max: 25, now, forMs: 1500 })).length, 12);
  deepEqual(
    asked.map(({ body }) => [body.MaxNumberOfMessages, body.VisibilityTimeout]),
    [
      [10, 2],
      [10, 2],
    ],
  );
});

test('sqs-inbox lets what another version wrote come again, and drops what nobody can read', async (t) => {
  const messages = [
    { MessageId: 'm-1', ReceiptHandle: 'r-1', Body: '{"v":2}', Attributes: { ApproximateReceiveCount: '3' } },
    { MessageId: 'm-2', ReceiptHandle: 'r-2', Body: 'hello' },
  ].map(sqsMessage);
  const { asked, inbox, lines } = await opened(t, ({ target }) => ({
    status: 200,
    body: target === 'ReceiveMessage' ? { Messages: messages } : {},
  }));
  deepEqual(await inbox.receive({ max: 10, now, forMs: 1000 }), []);
  deepEqual(lines, [
    { name: 'message.newer', facts: { messageId: 'm-1', deliveries: 3 } },
    { name: 'message.unreadable', facts: { messageId: 'm-2', sizeBytes: 5 } },
  ]);
  deepEqual(
    asked.slice(1).map(({ target, body }) => [target, body.ReceiptHandle]),
    [['DeleteMessage', 'r-2']],
  );
});

for (const [at, seconds] of [
  [now + 120_000, 120],
  [now + 1, 1],
  [now - 1, 0],
  [now + 24 * 3_600_000, 43_200],
] as const) {
  test(`sqs-inbox makes a message visible ${at - now} ms from now in ${seconds} whole seconds`, async (t) => {
    const { asked, inbox } = await opened(t);
    await inbox.again('r-1', at);
    deepEqual([asked[0]?.target, asked[0]?.body.VisibilityTimeout], ['ChangeMessageVisibility', seconds]);
  });
}

for (const type of ['MessageNotInflight', 'ReceiptHandleIsInvalid', 'InvalidParameterValue']) {
  test(`sqs-inbox is not troubled by a receipt that counts no more: ${type}`, async (t) => {
    const { inbox } = await opened(t, () => refused(type));
    await inbox.again('r-1', now);
    await inbox.done('r-1');
  });
}

const calls = {
  'sqs:SendMessage': ({ queue }) => queue.send({ about: 'fleet', why: 'tick' }),
  'sqs:ReceiveMessage': ({ inbox }) => inbox.receive({ max: 1, now, forMs: 1000 }),
  'sqs:DeleteMessage': ({ inbox }) => inbox.done('r-1'),
  'sqs:ChangeMessageVisibility': ({ inbox }) => inbox.again('r-1', now),
  'sqs:GetQueueAttributes': ({ inbox }) => inbox.depth(),
} satisfies Record<string, (parts: Awaited<ReturnType<typeof opened>>) => Promise<unknown>>;

for (const [action, call] of Object.entries(calls)) {
  test(`sqs says which queue does not answer ${action}, and that waiting may help`, async (t) => {
    const parts = await opened(t, () => refused('QueueDoesNotExist', 'gone'));
    await rejects(call(parts), (error: unknown) => {
      const { code, info, message } = asFault(error);
      deepEqual([code, info.retry], ['queue.unavailable', 'later']);
      match(message, new RegExp(`wake-ups does not answer ${action}: QueueDoesNotExist`));
      return true;
    });
  });

  test(`sqs says the statement that allows ${action}`, async (t) => {
    const arn = 'arn:aws:sqs:eu-west-1:000000000000:wake-ups';
    const sentence = `User: x is not authorized to perform: ${action} on resource: ${arn} because …`;
    const parts = await opened(t, () => refused('AccessDeniedException', sentence));
    await rejects(call(parts), (error: unknown) => {
      const { code, facts, hint } = asFault(error);
      deepEqual([code, facts.action], ['queue.denied', action]);
      match(hint, new RegExp(`{"Effect":"Allow","Action":"${action}","Resource":"${arn}"}`));
      return true;
    });
  });
}

/** The client compares the checksum with what it got. */
function sqsMessage<Message extends { Body: string }>(message: Message) {
  return { ...message, MD5OfBody: md5(message.Body) };
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  throw error;
}
