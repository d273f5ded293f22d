/** ElasticMQ delivers, hides what was received, keeps the limits of AWS, and ends when it is stopped. */
import { deepEqual, equal, rejects } from 'node:assert/strict';
import test from 'node:test';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startElasticMq } from '../../../../infra/local/aws/start-elasticmq.ts';
import { alive } from '../../../support/until-dead.ts';

test('elasticmq delivers a message once it is sent, and again while nobody deletes it', async (t) => {
  const local = await startElasticMq();
  t.after(() => local.stop());
  const sqs = new SQSClient(local.clientConfig);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
  equal(QueueUrl, `${local.endpoint}/000000000000/work`);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
  const receive = async (VisibilityTimeout: number) => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout }));
    return Messages;
  };
  const [first] = await receive(0);
  equal(first?.Body, 'hello');
  const [again] = await receive(30);
  equal(again?.MessageId, first?.MessageId);
  deepEqual(await receive(30), []);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));

  const tooLate = new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 901 });
  await rejects(sqs.send(tooLate), /DelaySeconds/);

  await local.stop();
  deepEqual(alive([local.pid]), []);
});
