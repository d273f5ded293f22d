/** Sends wake-ups to SQS: notices to their own queue, so that who tells people needs no rights on clusters. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../../ports/queue.ts';
import { sqsFault } from './sqs-fault.ts';

export type SqsQueues = {
  /** For wake-ups that functions/sync handles. */
  sync: string;
  /** For wake-ups of the outbox. */
  notify: string;
};

/** SQS delays whole seconds, 900 at most. */
const longestDelayMs = 900_000;

/** Fault of `send`: queue.unavailable. */
export function sqsQueue(client: SQSClient, urls: SqsQueues): Queue {
  return {
    async send(message, { delayMs = 0 } = {}) {
      const QueueUrl = message.about === 'outbox' ? urls.notify : urls.sync;
      const DelaySeconds = Math.ceil(Math.min(delayMs, longestDelayMs) / 1000);
      const command = new SendMessageCommand({ QueueUrl, DelaySeconds, MessageBody: JSON.stringify(message) });
      await client.send(command).catch((cause: unknown) => {
        throw sqsFault(cause, QueueUrl);
      });
    },
  };
}
