/** Sends wake-ups to an SQS queue. Its other end is the platform's: functions/sync. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../../ports/queue.ts';
import { sqsFault } from './sqs-fault.ts';

/** SQS delays by whole seconds, 900 at most. */
const longestDelayMs = 900_000;

/** Fault of `send`: queue.unavailable. */
export function sqsQueue(client: SQSClient, queueUrl: string): Queue {
  return {
    async send(message, { delayMs = 0 } = {}) {
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        DelaySeconds: Math.ceil(Math.min(delayMs, longestDelayMs) / 1000),
        MessageBody: JSON.stringify(message),
      });
      await client.send(command).catch((cause: unknown) => {
        throw sqsFault(cause, queueUrl);
      });
    },
  };
}
