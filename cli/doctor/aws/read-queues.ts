/** Looks into the queues of an installation, and takes nothing out. */
import { GetQueueAttributesCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { awsFault } from '../../../lib/core/aws/aws-fault.ts';
import type { DeadLetters, QueueDepth } from './installation.ts';

export type QueuePlace = { client: SQSClient; queueUrl: string; region: string };

export async function readDepth(place: QueuePlace): Promise<QueueDepth> {
  const { waiting, underWay, delayed } = await readAttributes(place);
  return { waiting, underWay, delayed };
}

/** Enough to see what is wrong. */
const mostShown = 20;
/** Each is seen here once, and there again for everybody soon. */
const lookSeconds = 10;

export async function peekDeadLetters(place: QueuePlace): Promise<DeadLetters> {
  const { queueArn, waiting } = await readAttributes(place);
  const messages = waiting === 0 ? [] : await peek(place);
  return {
    queueArn,
    count: Math.max(waiting, messages.length),
    letters: messages.map(({ MessageId = '', Body = '', Attributes }) => ({
      messageId: MessageId,
      body: Body,
      sentAt: Number(Attributes?.SentTimestamp ?? 0),
    })),
  };
}

async function readAttributes({ client, queueUrl, region }: QueuePlace) {
  const command = new GetQueueAttributesCommand({
    QueueUrl: queueUrl,
    AttributeNames: [
      'QueueArn',
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ],
  });
  const { Attributes = {} } = await client.send(command).catch((error: unknown) => {
    throw awsFault(error, { action: 'sqs:GetQueueAttributes', resource: queueUrl, region });
  });
  return {
    queueArn: Attributes.QueueArn ?? '',
    waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    underWay: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}

async function peek({ client, queueUrl, region }: QueuePlace): Promise<Message[]> {
  const seen: Message[] = [];
  try {
    while (seen.length < mostShown) {
      const command = new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: lookSeconds,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
      });
      const { Messages = [] } = await client.send(command);
      if (Messages.length === 0) break;
      seen.push(...Messages);
    }
    return seen;
  } catch (error) {
    throw awsFault(error, { action: 'sqs:ReceiveMessage', resource: queueUrl, region });
  }
}
