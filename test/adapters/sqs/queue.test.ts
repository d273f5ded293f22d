import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { SQSClient } from '@aws-sdk/client-sqs';
import { sqsQueue } from '../../../lib/adapters/sqs/queue.ts';

type Asked = { target: string | undefined; body: Record<string, unknown> };

/** Speaks SQS's JSON protocol (AWS JSON 1.0), enough for SendMessage. */
async function openSqs(t: TestContext, answer: { status: number; type?: string }) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const target = request.headers['x-amz-target'];
    const body = JSON.parse(Buffer.concat(chunks).toString());
    asked.push({ target: String(target), body });
    // The client compares the checksum with what it sent.
    const MD5OfMessageBody = createHash('md5').update(body.MessageBody).digest('hex');
    const said =
      answer.type === undefined ? { MessageId: '1', MD5OfMessageBody } : { __type: answer.type, message: 'gone' };
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new SQSClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
  t.after(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return {
    asked,
    queue: sqsQueue(client, `${endpoint}/000000000000/wake-ups`),
    url: `${endpoint}/000000000000/wake-ups`,
  };
}

const taken = { status: 200 };

test('sqs-queue sends a wake-up as JSON', async (t) => {
  const { asked, queue, url } = await openSqs(t, taken);
  await queue.send({ about: 'application', name: 'shop', why: 'push' });
  equal(asked[0]?.target, 'AmazonSQS.SendMessage');
  deepEqual(asked[0]?.body, {
    QueueUrl: url,
    DelaySeconds: 0,
    MessageBody: '{"about":"application","name":"shop","why":"push"}',
  });
});

for (const [delayMs, seconds] of [
  [1, 1],
  [1500, 2],
  [900_000, 900],
  [3_600_000, 900],
] as const) {
  test(`sqs-queue delays ${delayMs} ms by ${seconds} whole seconds`, async (t) => {
    const { asked, queue } = await openSqs(t, taken);
    await queue.send({ about: 'fleet', why: 'tick' }, { delayMs });
    equal(asked[0]?.body.DelaySeconds, seconds);
  });
}

test('sqs-queue says which queue did not take a message, and that waiting may help', async (t) => {
  const { queue } = await openSqs(t, { status: 400, type: 'com.amazonaws.sqs#QueueDoesNotExist' });
  await rejects(queue.send({ about: 'fleet', why: 'tick' }), (error: unknown) => {
    const { code, info, message } = error as { code: string; info: { retry: string }; message: string };
    equal(code, 'queue.unavailable');
    equal(info.retry, 'later');
    return message.includes('wake-ups') && message.includes('QueueDoesNotExist');
  });
});
