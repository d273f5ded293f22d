/** Looks into a queue of ministack without receiving anything. */
import * as z from 'zod';
import type { QueueMessage } from './local-aws.ts';

const message = z.object({ MessageId: z.string(), Body: z.string(), ReceiveCount: z.number() });
/** By account, region and queue. */
const answer = z.object({
  messages: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.array(message)))),
});

export async function queueMessages(endpoint: string, queueUrl: string): Promise<QueueMessage[]> {
  const url = new URL('/_ministack/sqs/messages', endpoint);
  url.searchParams.set('QueueUrl', queueUrl);
  const { messages } = answer.parse(await (await fetch(url)).json());
  return Object.values(messages)
    .flatMap((regions) => Object.values(regions))
    .flatMap((queues) => Object.values(queues))
    .flat()
    .map(({ MessageId, Body, ReceiveCount }) => ({ id: MessageId, body: Body, receiveCount: ReceiveCount }));
}
