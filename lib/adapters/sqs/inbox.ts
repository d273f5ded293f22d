/** Takes wake-ups from an SQS queue, and puts off those that a function was given. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
  type Message as SqsMessage,
} from '@aws-sdk/client-sqs';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Inbox, Received } from '../../ports/queue.ts';
import { readBody } from './message-body.ts';
import { type Asked, sqsFault } from './sqs-fault.ts';

/** Limits of SQS: messages of one answer, seconds that a message can stay invisible. */
const mostAtOnce = 10;
const longestSeconds = 43_200;
/** Without waiting SQS asks only some of its servers, and may find nothing where there is something. */
const waitSeconds = 1;

export type InboxOptions = { client: SQSClient; queueUrl: string; log: Log; now: Clock };

/** Faults: queue.unavailable, queue.denied. */
export function sqsInbox({ client, queueUrl, log, now }: InboxOptions): Inbox {
  const QueueUrl = queueUrl;
  return {
    async receive({ max, forMs }) {
      const received: Received[] = [];
      for (let left = max; left > 0; left = max - received.length) {
        const asked = Math.min(left, mostAtOnce);
        const messages = await receiveSome(asked, forMs);
        for (const message of messages) received.push(...(await read(message)));
        if (messages.length < asked) break;
      }
      return received;
    },
    done: (receipt) => remove(receipt),
    async again(receipt, at) {
      const VisibilityTimeout = seconds(at - now());
      const command = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: receipt, VisibilityTimeout });
      await unlessGone(client.send(command), 'sqs:ChangeMessageVisibility');
    },
    async depth() {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counts] });
      const { Attributes = {} } = await client.send(command).catch(translate('sqs:GetQueueAttributes'));
      return counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    },
  };

  async function receiveSome(max: number, forMs: number): Promise<SqsMessage[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: max,
      VisibilityTimeout: seconds(forMs),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    });
    const { Messages = [] } = await client.send(command).catch(translate('sqs:ReceiveMessage'));
    return Messages;
  }

  /** What another version wrote comes again, for that version; what nobody can read is dropped. */
  async function read({ Body = '', ReceiptHandle = '', MessageId, Attributes }: SqsMessage): Promise<Received[]> {
    const body = readBody(Body);
    const deliveries = Number(Attributes?.ApproximateReceiveCount ?? 1);
    if (body.is === 'message') return [{ message: body.message, receipt: ReceiptHandle, deliveries }];
    if (body.is === 'newer') {
      log.warn('message.newer', { messageId: MessageId, deliveries });
      return [];
    }
    log.error('message.unreadable', { messageId: MessageId, sizeBytes: Body.length });
    await remove(ReceiptHandle);
    return [];
  }

  async function remove(receipt: string): Promise<void> {
    const command = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt });
    await unlessGone(client.send(command), 'sqs:DeleteMessage');
  }

  /** A receipt names one delivery: once the message is done or has come again, the old receipt moves nothing. */
  async function unlessGone(work: Promise<unknown>, action: Asked['action']): Promise<void> {
    await work.catch((error: unknown) => {
      if (!(error instanceof Error) || !goneNames.includes(error.name)) throw sqsFault(error, { action, queueUrl });
    });
  }

  function translate(action: Asked['action']) {
    return (error: unknown): never => {
      throw sqsFault(error, { action, queueUrl });
    };
  }
}

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

const goneNames = ['MessageNotInflight', 'ReceiptHandleIsInvalid', 'InvalidParameterValue'];

function seconds(ms: number): number {
  return Math.min(longestSeconds, Math.max(0, Math.ceil(ms / 1000)));
}
