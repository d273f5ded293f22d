/** Story: two workers whose clocks are four minutes apart share an Application; the cluster is written to by one at a time. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type LocalService, startDynamoDbLocal } from '../../infra/local/aws/start-dynamodb-local.ts';
import { dynamoStore } from '../../lib/adapters/dynamodb/dynamo-store.ts';
import { tableClock } from '../../lib/adapters/dynamodb/table-clock.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { syncApplication } from '../../lib/flow/sync-application.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { newTable } from '../adapters/dynamodb/new-table.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { type MemoryHouse, memoryHouse, type Tree } from '../flow/memory-house.ts';

let server: LocalService;
before(async () => {
  server = await startDynamoDbLocal();
});
after(() => server?.stop());

const objects = 150;
const lookMs = 2_000;
const minutes = 60_000;
const treeOf = (value: string): Tree =>
  Object.fromEntries(Array.from({ length: objects }, (_, at) => [`ConfigMap c-${at}`, value]));

for (const { it, slow, quick } of [
  { it: 'the one that takes over is fast', slow: -2 * minutes, quick: 2 * minutes },
  { it: 'the one that takes over is slow', slow: 2 * minutes, quick: -2 * minutes },
]) {
  for (const { how, frozenMs } of [
    { how: 'works on for longer than its lease', frozenMs: 0 },
    { how: 'stands still in the middle and goes on after its lease', frozenMs: 10 * minutes },
  ]) {
    test(`skewed-clocks: a worker that ${how}, and ${it}`, async (t) => {
      const story = await openStory(t);
      const { house, written } = story;
      const [a, b] = [await story.worker('a', slow), await story.worker('b', quick)];
      house.push(treeOf('1'));
      await untilSynced(a, house);
      written.length = 0;

      house.push(treeOf('2'));
      await wake(a, house);
      let looks = 0;
      story.whenLooking(async (worker) => {
        // Rehearsals are quick; from the first write on each look takes its time.
        if (written.length === 0) return;
        house.pass(lookMs);
        if (worker !== 'a') return;
        looks += 1;
        if (looks === 20) house.push(treeOf('3'));
        if (looks === 40) house.pass(frozenMs);
        if (looks % 10 === 0) await attempt(b, house);
      });
      await attempt(a, house);
      ok(looks > 50, `a looked at ${looks} objects`);
      story.whenLooking(async () => {});
      house.pass(6 * minutes);
      await untilSynced(b, house);

      deepEqual(
        written.filter(({ fence, newest }) => fence !== newest),
        [],
      );
      equal(new Set(written.map(({ worker }) => worker)).size, 2);
      deepEqual(new Set(Object.values(house.cluster.values())), new Set(['3']));
    });
  }
}

type Written = { worker: string; fence: number; newest: number };

async function openStory(t: TestContext) {
  const house = await memoryHouse();
  const { client: _, table, blobs, store } = await newTable(t, server.clientConfig);
  await store.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  const written: Written[] = [];
  let newest = 0;
  let look: (worker: string) => Promise<void> = async () => {};

  async function worker(name: string, aheadMs: number): Promise<Ports> {
    const client = clientAt(house, t);
    const now = tableClock(client, () => house.clock.now + aheadMs);
    const parts = dynamoStore({ client, table, blobs, now });
    let fence = 0;
    const { cluster } = house;
    const write = () => void written.push({ worker: name, fence, newest });
    return {
      ...house.ports,
      ...parts,
      now,
      holder: name,
      leases: {
        ...parts.leases,
        async take(application, options) {
          const lease = await parts.leases.take(application, options);
          if (lease !== null) newest = fence = lease.fence;
          return lease;
        },
      },
      cluster: () => ({
        ...cluster,
        async read(ref) {
          await look(name);
          return cluster.read(ref);
        },
        async apply(object, options) {
          if (!options.dryRun) write();
          return cluster.apply(object, options);
        },
        async own(ref, fields) {
          write();
          return cluster.own(ref, fields);
        },
        async remove(ref, options) {
          write();
          return cluster.remove(ref, options);
        },
      }),
    };
  }

  return {
    house,
    written,
    worker,
    whenLooking(next: (worker: string) => Promise<void>) {
      look = next;
    },
  };
}

/** DynamoDB as it answers at the time of the house. */
function clientAt({ clock }: MemoryHouse, t: TestContext): DynamoDBDocumentClient {
  const plain = new DynamoDBClient(server.clientConfig);
  t.after(() => plain.destroy());
  const client = DynamoDBDocumentClient.from(plain);
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (typeof response === 'object' && response !== null && 'headers' in response)
        Object.assign(response, { headers: { ...Object(response.headers), date: new Date(clock.now).toUTCString() } });
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'timeOfTheHouse' },
  );
  return client;
}

async function wake(ports: Ports, { repoURL }: MemoryHouse): Promise<void> {
  await ports.repositories.forget(repoURL);
  await ports.wakes.wake('shop', ports.now());
}

/** One run of the function; a lease that was taken over ends it. */
async function attempt(ports: Ports, house: MemoryHouse): Promise<void> {
  await wake(ports, house);
  await syncApplication('shop', ports).catch((error: unknown) => {
    if (!(error instanceof Fault) || error.code !== 'store.lease_lost') throw error;
  });
}

async function untilSynced(ports: Ports, house: MemoryHouse): Promise<void> {
  for (let run = 0; run < 20; run += 1) {
    await attempt(ports, house);
    const entry = await ports.applications.get('shop');
    if (entry?.state.operation === null && entry.state.sync === 'Synced') return;
    house.pass(10_000);
  }
  throw new Error('it is never synced');
}
