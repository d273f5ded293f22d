/** AWS on this machine: its services answer, it knows who asks, and two of them do not know one another. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after, before } from 'node:test';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalAws } from '../../../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../../../infra/local/aws/start-local-aws.ts';

let aws: LocalAws;
before(async () => {
  aws = await startLocalAws();
});
after(() => aws.stop());

test('local-aws keeps an object', async () => {
  const s3 = new S3Client(aws.clientConfig);
  const Bucket = randomUUID();
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'content' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/b' }));
  equal(await Body?.transformToString(), 'content');
});

test('local-aws shows what is in a queue, delayed messages too, and leaves it there', async () => {
  const sqs = new SQSClient(aws.clientConfig);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: randomUUID() }));
  deepEqual(await aws.queueMessages(QueueUrl), []);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'now' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 600 }));
  const found = await aws.queueMessages(QueueUrl);
  deepEqual(
    found.map(({ body, receiveCount }) => [body, receiveCount]),
    [
      ['now', 0],
      ['later', 0],
    ],
  );
  const wanted = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
  equal((await sqs.send(wanted)).Attributes?.ApproximateNumberOfMessages, '1');
});

test('local-aws refuses an access key that it does not know', async () => {
  const stranger = { ...aws.clientConfig, credentials: { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' } };
  await rejects(new S3Client(stranger).send(new ListBucketsCommand({})), /InvalidAccessKeyId/);
});

test('local-aws forgets everything when it is reset, and knows nothing of another one beside it', async (t) => {
  const other = await startLocalAws();
  t.after(() => other.stop());
  const names = async ({ clientConfig }: LocalAws) =>
    ((await new S3Client(clientConfig).send(new ListBucketsCommand({}))).Buckets ?? []).map(({ Name }) => Name);
  await new S3Client(other.clientConfig).send(new CreateBucketCommand({ Bucket: 'theirs' }));
  deepEqual(await names(other), ['theirs']);
  ok(!(await names(aws)).includes('theirs'));
  await other.reset();
  deepEqual(await names(other), []);
});
