/** Sends wake-ups to an SQS queue. Its other end is the platform's, functions/sync, or the inbox beside. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../../ports/queue.ts';
import { writeBody } from './message-body.ts';
import { sqsFault } from './sqs-fault.ts';

/** SQS delays by whole seconds, 900 at most. Who comes too early finds nothing to do; what is later stands in the store. */
const longestDelayMs = 900_000;

/** Faults of `send`: queue.unavailable, queue.denied, queue.message_too_large. */
export function sqsQueue(client: SQSClient, queueUrl: string): Queue {
  return {
    async send(message, { delayMs = 0 } = {}) {
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        DelaySeconds: Math.ceil(Math.max(0, Math.min(delayMs, longestDelayMs)) / 1000),
        MessageBody: writeBody(message),
      });
      await client.send(command).catch((error: unknown) => {
        throw sqsFault(error, { action: 'sqs:SendMessage', queueUrl });
      });
    },
  };
}
