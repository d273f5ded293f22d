/** Wake-ups through real queues: ElasticMQ, as strict as AWS, and the local AWS that also runs the functions. */
import { deepEqual, equal, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateQueueCommand, GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startElasticMq } from '../../../infra/local/aws/start-elasticmq.ts';
import { startLocalAws } from '../../../infra/local/aws/start-local-aws.ts';
import { sqsInbox } from '../../../lib/adapters/sqs/inbox.ts';
import { sqsQueue } from '../../../lib/adapters/sqs/queue.ts';
import type { Message } from '../../../lib/ports/queue.ts';
import { queueContract } from '../../contracts/queue.contract.ts';
import { silentLog } from '../../support/silent-log.ts';

/** Queues count in whole seconds. */
const slackMs = 300;
const maxReceiveCount = 2;

for (const { name, start } of [
  { name: 'elasticmq', start: startElasticMq },
  { name: 'ministack', start: startLocalAws },
]) {
  describe(`sqs on ${name}`, { concurrency: 16 }, () => {
    let server: Awaited<ReturnType<typeof start>>;
    let client: SQSClient;

    before(async () => {
      server = await start();
      client = new SQSClient(server.clientConfig);
    });
    after(async () => {
      client?.destroy();
      await server?.stop();
    });

    async function open() {
      const { queueUrl } = await createQueues();
      return {
        queue: sqsQueue(client, queueUrl),
        inbox: sqsInbox({ client, queueUrl, log: silentLog, now: Date.now }),
        now: Date.now,
        pass: (ms: number) => sleep(ms + slackMs),
        queueUrl,
      };
    }

    /** A queue of its own for each test, and one for its dead letters. */
    async function createQueues() {
      const QueueName = `wake-ups-${randomBytes(6).toString('hex')}`;
      const { QueueUrl: deadUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: `${QueueName}-dead` }));
      const deadLetterTargetArn = `arn:aws:sqs:${server.clientConfig.region}:000000000000:${QueueName}-dead`;
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
      await client.send(new CreateQueueCommand({ QueueName, Attributes: { RedrivePolicy } }));
      const { QueueUrl: queueUrl = '' } = await client.send(new GetQueueUrlCommand({ QueueName }));
      return { queueUrl, deadUrl };
    }

    queueContract(name, open);

    test(`${name} queue: as large as a message may be, and with every character`, async () => {
      const { queue, inbox } = await open();
      const message: Message = { about: 'fleet', why: `\u0000\ud800\ufffe\uffff ${'ü'.repeat(300_000)}`, trace: 'd-1' };
      await queue.send(message);
      const [received] = await inbox.receive({ max: 1, now: Date.now(), forMs: 1000 });
      deepEqual(received?.message, { ...message, why: message.why.slice(0, 500) });
      const name = 'n'.repeat(262_144 - '{"v":1,"about":"cluster","name":"","why":""}'.length);
      await queue.send({ about: 'cluster', name, why: '' });
    });

    test(`${name} queue: what failed too often ends among the dead letters`, async () => {
      const { queueUrl, deadUrl } = await createQueues();
      const inbox = sqsInbox({ client, queueUrl, log: silentLog, now: Date.now });
      await sqsQueue(client, queueUrl).send({ about: 'fleet', why: 'tick' });
      for (let time = 1; time <= maxReceiveCount; time += 1) {
        const [received] = await inbox.receive({ max: 1, now: Date.now(), forMs: 60_000 });
        equal(received?.deliveries, time);
        await inbox.again(received?.receipt ?? '', Date.now());
      }
      deepEqual(await inbox.receive({ max: 1, now: Date.now(), forMs: 60_000 }), []);
      equal(await inbox.depth(), 0);
      equal(await sqsInbox({ client, queueUrl: deadUrl, log: silentLog, now: Date.now }).depth(), 1);
    });

    test(`${name} queue: what another version wrote stays, what nobody can read goes`, async () => {
      const { queueUrl, inbox, pass } = await open();
      for (const MessageBody of ['{"v":2,"about":"fleet"}', 'hello']) {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
      }
      deepEqual(await inbox.receive({ max: 10, now: Date.now(), forMs: 1000 }), []);
      await pass(1000);
      equal(await inbox.depth(), 1);
    });

    test(`${name} queue: one that is not there is said`, async () => {
      const { queueUrl } = await open();
      const gone = sqsQueue(client, `${queueUrl}-gone`);
      await rejects(gone.send({ about: 'fleet', why: 'tick' }), { code: 'queue.unavailable' });
    });
  });
}
