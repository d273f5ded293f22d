/** Story: DynamoDB takes nothing for a minute, or turns away a part of all; no push that was taken is lost, and the end is the same. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, type TestContext, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { webhook } from '../../functions/webhook/webhook.ts';
import { type LocalService, startDynamoDbLocal } from '../../infra/local/aws/start-dynamodb-local.ts';
import { dynamoStore } from '../../lib/adapters/dynamodb/dynamo-store.ts';
import { signPush } from '../../lib/adapters/github/sign-push.ts';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import { tick } from '../../lib/flow/tick.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Message } from '../../lib/ports/queue.ts';
import { newTable } from '../adapters/dynamodb/new-table.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { exampleFleet } from '../flow/example-fleet.ts';
import { memoryHouse } from '../flow/memory-house.ts';
import { httpEvent, lambdaContext } from '../functions/lambda-events.ts';
import { memorySqs } from '../functions/memory-sqs.ts';
import { doorSecret } from '../support/door-ports.ts';
import { silentLog } from '../support/silent-log.ts';
import { throttlingProxy } from '../support/throttling-proxy.ts';

let server: LocalService;
before(async () => {
  server = await startDynamoDbLocal();
});
after(() => server?.stop());

const push = await readFile(new URL('../payloads/github/push.json', import.meta.url), 'utf8');
const source = { repoURL: 'https://github.com/octo-org/shop', targetRevision: 'main', path: 'deploy' };
const application = exampleApplication({ source });

const never = () => false;

test('throttled-table: a webhook that is answered with 202 is followed, whichever request was turned away; else it is 503', async (t) => {
  const story = await openStory(t);
  const answers: number[] = [];
  for (let letThrough = 0; answers.at(-1) !== 202 || answers.at(-2) !== 202; letThrough += 1) {
    const value = String(letThrough);
    story.house.push({ 'ConfigMap a': value });
    story.proxy.throttled = (asked) => asked >= letThrough;
    const status = await story.deliver(`d-${letThrough}`);
    answers.push(status);
    story.proxy.throttled = never;
    // A host delivers again what was refused.
    if (status !== 202) equal(await story.deliver(`d-${letThrough}`), 202);
    // Nobody but the message tells of the push.
    await story.pass(600_000);
    deepEqual(story.house.cluster.values(), { 'ConfigMap shop/a': value });
  }
  ok(answers.length > 3);
  deepEqual(new Set(answers), new Set([503, 202]));
  deepEqual(story.sqs.deadLetters, []);
});

test('throttled-table: a sync that is turned away at any request goes on by itself, and tells everything once', async (t) => {
  const story = await openStory(t);
  for (let letThrough = 0; ; letThrough += 1) {
    const value = `v-${letThrough}`;
    const before = (await story.told()).length;
    const refusedBefore = story.proxy.refusals;
    story.house.push({ 'ConfigMap a': value });
    equal(await story.deliver(value), 202);
    // For a minute, from this request of the sync on.
    story.proxy.throttled = (asked) => asked >= letThrough;
    await story.pass(60_000);
    story.proxy.throttled = never;
    await story.minutes(8);
    deepEqual(story.house.cluster.values(), { 'ConfigMap shop/a': value }, `after ${letThrough} requests`);
    const { state } = await story.entry();
    deepEqual([state.sync, state.operation, state.condition], ['Synced', null, null]);
    const told = (await story.told()).slice(before);
    deepEqual(
      told.toSorted(),
      [
        ...(before === 0 ? ['object.created'] : ['object.updated']),
        'sync.finished succeeded',
        'sync.started',
      ].toSorted(),
      `after ${letThrough} requests`,
    );
    deepEqual(story.sqs.deadLetters, []);
    if (story.proxy.refusals === refusedBefore) break;
  }
});

async function openStory(t: TestContext) {
  const house = await memoryHouse(application);
  const proxy = await throttlingProxy(t, server.endpoint);
  const { clock } = house;
  const { table, blobs, store: direct } = await newTable(t, server.clientConfig, () => clock.now);
  // Less patient than the deployed functions, who try five times.
  const plain = new DynamoDBClient({ ...server.clientConfig, endpoint: proxy.url, maxAttempts: 1 });
  t.after(() => plain.destroy());
  const client = DynamoDBDocumentClient.from(plain);
  const sqs = memorySqs(() => clock.now);
  const ports: Ports = {
    ...house.ports,
    ...dynamoStore({ client, table, blobs, now: () => clock.now }),
    queue: sqs.queue,
    fleet: exampleFleet([application]),
  };
  await ports.applications.put(application, { cluster: 'prod', leaving: false });
  const handler = webhook(async () => ports, { log: silentLog });
  const batch = {
    handle: (message: Message) => handleMessage(message, ports),
    remaining: () => 300_000,
    log: silentLog,
  };

  async function pass(ms: number): Promise<void> {
    const end = clock.now + ms;
    for (let at = sqs.nextAt(); at !== null && at < end; at = sqs.nextAt()) {
      clock.now = Math.max(clock.now, at);
      await sqs.deliver(batch);
    }
    clock.now = end;
  }

  return {
    house,
    proxy,
    sqs,
    pass,
    entry: async () => {
      const entry = await direct.applications.get('shop');
      if (entry === null) throw new Error('the Application is gone');
      return entry;
    },
    async told() {
      const events = (await direct.events.list({ limit: 1_000 })).toReversed();
      return events
        .map((event) => (event.type === 'sync.finished' ? `${event.type} ${event.result}` : event.type))
        .filter((told) => told !== 'health.changed');
    },
    async minutes(count: number) {
      for (let minute = 0; minute < count; minute += 1) {
        await tick(ports);
        await pass(60_000);
      }
    },
    /** The status that the Git host gets. */
    async deliver(delivery: string): Promise<number> {
      const { headers } = signPush({ body: push, secret: doorSecret, event: 'push', delivery });
      const request = {
        routeKey: 'POST /hooks/{gitHost}',
        path: '/hooks/github',
        gitHost: 'github',
        headers,
        body: push,
      };
      return (await handler(httpEvent(request), lambdaContext)).statusCode ?? 0;
    },
  };
}
