/** Lets the syncs that run come to their end, and no other begin, before what they work with is deleted. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { AwsSession } from './aws-session.ts';

/** The time-out of sync, and a little: what takes longer was stopped, and its message only waits to be seen again. */
const longestWaitMs = 330_000;
const lookEveryMs = 1_000;

export async function letWorkersEnd(stack: string, { lambda, sqs }: AwsSession): Promise<void> {
  try {
    const FunctionName = `${stack}-sync`;
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
    for (const { UUID } of EventSourceMappings) {
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    }
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `${stack}-wake-ups` }));
    const until = Date.now() + longestWaitMs;
    while (Date.now() < until && (await inWork(QueueUrl)) > 0) await sleep(lookEveryMs);
  } catch (error) {
    if (!(error instanceof Error) || !isGone.includes(error.name)) throw error;
  }

  async function inWork(QueueUrl: string | undefined): Promise<number> {
    const name = 'ApproximateNumberOfMessagesNotVisible';
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }));
    return Number(Attributes[name]);
  }
}

/** What a removal that was broken off has deleted already. */
const isGone = ['ResourceNotFoundException', 'QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];
