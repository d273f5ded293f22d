/** Speaks as much of SQS's JSON protocol (AWS JSON 1.0) as a test needs to hear what is asked, and to answer what no local queue does. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { SQSClient } from '@aws-sdk/client-sqs';
import { listenOn } from '../../support/listen-on.ts';

export type Asked = { target: string; body: Record<string, unknown> };
export type Answer = { status: number; body: Record<string, unknown> };

export const refused = (type: string, message = 'no'): Answer => ({
  status: 400,
  body: { __type: `com.amazonaws.sqs#${type}`, message },
});

/** `answer` is given to everything; without one each request succeeds. */
export async function openSqsDouble(t: TestContext, answer?: (asked: Asked) => Answer) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const target = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
    const one = { target, body: JSON.parse(Buffer.concat(chunks).toString()) };
    asked.push(one);
    const { status, body } = answer?.(one) ?? { status: 200, body: taken(one) };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  const endpoint = await listenOn(server, t);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new SQSClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
  t.after(() => client.destroy());
  return { asked, client, queueUrl: `${endpoint}/000000000000/wake-ups` };
}

/** The client compares the checksum with what it sent. */
function taken({ target, body }: Asked): Record<string, unknown> {
  if (target !== 'SendMessage') return {};
  return { MessageId: '1', MD5OfMessageBody: md5(String(body.MessageBody)) };
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
