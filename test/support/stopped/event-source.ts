/** Gives the messages of a queue to a function, one at a time, as AWS does; and lets minutes go by in a moment. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message as SqsMessage,
} from '@aws-sdk/client-sqs';
import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { InvocationResult, LambdaRuntime } from '../../../infra/local/aws/lambda-runtime.ts';
import { sqsEvent } from '../../functions/lambda-events.ts';
import type { Installation } from './open-installation.ts';

export type Delivery = { result: InvocationResult; messageId: string; received: number; receipt: string; body: string };

/** null: nothing is visible. What the function did not answer stays where it is. */
export async function deliverOne(
  { sqs, queueUrl }: Pick<Installation, 'sqs' | 'queueUrl'>,
  runtime: LambdaRuntime,
): Promise<Delivery | null> {
  const QueueUrl = queueUrl;
  const { Messages: [message] = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 1,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    }),
  );
  if (message === undefined) return null;
  const { MessageId: messageId = '', ReceiptHandle: receipt = '', Body: body = '', Attributes } = message;
  const result = await runtime.invoke(eventOf(message));
  const isDone = result.kind === 'response' && JSON.parse(result.body).batchItemFailures.length === 0;
  if (isDone) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt }));
  return { result, messageId, receipt, body, received: Number(Attributes?.ApproximateReceiveCount) };
}

function eventOf({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }: SqsMessage) {
  const [record] = sqsEvent(Body).Records;
  const received = { ApproximateReceiveCount: Attributes?.ApproximateReceiveCount ?? '1' };
  const attributes = { ...record?.attributes, ...received };
  return { Records: [{ ...record, messageId: MessageId, receiptHandle: ReceiptHandle, attributes }] };
}

/** What a killed function left: its message is visible again, and the leases and slots it held are over. */
export async function letTimePass(
  installation: Installation,
  { receipt }: Pick<Delivery, 'receipt'>,
  ms: number,
): Promise<void> {
  const { sqs, queueUrl, documents, table } = installation;
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 }),
  );
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
  for (const { pk, sk, ...item } of Items) {
    const ends = ['until', 'dueAt'].filter((name) => typeof item[name] === 'number' && item[name] > 0);
    if (ends.length === 0) continue;
    const names = Object.fromEntries(ends.map((name) => [`#${name}`, name]));
    await documents.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk, sk },
        UpdateExpression: `SET ${ends.map((name) => `#${name} = #${name} - :ms`).join(', ')}`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':ms': ms },
      }),
    );
  }
}
