/** How many requests each operation is: what docs/decisions/store.md says and docs/cost.md is computed from. */
import { deepEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LocalService } from '../../../infra/local/aws/start-dynamodb-local.ts';
import { startDynamoDbLocal } from '../../../infra/local/aws/start-dynamodb-local.ts';
import type { DynamoStore } from '../../../lib/adapters/dynamodb/dynamo-store.ts';
import { initialState } from '../../../lib/core/application/initial-state.ts';
import { initialRules } from '../../../lib/core/fleet/initial-rules.ts';
import type { Lease } from '../../../lib/ports/leases.ts';
import { exampleApplication } from '../../contracts/example-application.ts';
import { exampleEvent } from '../../contracts/example-event.ts';
import { type Counts, countedRequests } from './counted-requests.ts';
import { newTable } from './new-table.ts';

let server: LocalService;
before(async () => {
  server = await startDynamoDbLocal();
});
after(() => server?.stop());

const prod = { cluster: 'prod', leaving: false };
const url = exampleApplication().source.repoURL;
const heads = { defaultBranch: 'main', branches: {}, tags: {}, etag: '' };
const state = initialState('shop');
const events = (count: number, channels: string[]) =>
  Array.from({ length: count }, (_, at) => ({ event: exampleEvent({ id: `new-${at}` }), channels }));

type Case = { it: string; work: (store: DynamoStore, lease: Lease) => Promise<unknown>; asks: Counts };

/** One Application that is known and leased, with one event that owes one notice. */
const cases: Case[] = [
  {
    it: 'applications.put of a new one',
    work: ({ applications }) => applications.put(exampleApplication({ name: 'new' }), prod),
    asks: { Get: 1, TransactWrite: 1 },
  },
  {
    it: 'applications.put of what did not change',
    work: ({ applications }) => applications.put(exampleApplication(), prod),
    asks: { Get: 1 },
  },
  { it: 'applications.get', work: ({ applications }) => applications.get('shop'), asks: { Get: 1, BatchGet: 1 } },
  { it: 'applications.ofRepository', work: ({ applications }) => applications.ofRepository(url), asks: { Query: 1 } },
  {
    it: 'applications.remove',
    work: ({ applications }) => applications.remove('shop'),
    asks: { BatchGet: 1, TransactWrite: 1 },
  },
  { it: 'wakes.wake', work: ({ wakes }) => wakes.wake('shop', 9), asks: { Update: 1 } },
  { it: 'wakes.suspect', work: ({ wakes }) => wakes.suspect('shop', ['a', 'b'], 9), asks: { Update: 1 } },
  {
    it: 'wakes.suspect of everything',
    work: ({ wakes }) => wakes.suspect('shop', ['*'], 9),
    asks: { Get: 1, Update: 1 },
  },
  { it: 'wakes.hold', work: ({ wakes }) => wakes.hold('shop', null, 9), asks: { Update: 1 } },
  { it: 'wakes.overdue', work: ({ wakes }) => wakes.overdue(1e13, 500), asks: { Query: 8 } },
  {
    it: 'leases.take',
    work: ({ leases }) => leases.take('shop', { holder: 'b', now: 100, forMs: 100 }),
    asks: { Update: 1 },
  },
  {
    it: 'leases.take of what somebody has',
    work: ({ leases }) => leases.take('shop', { holder: 'b', now: 1, forMs: 100 }),
    asks: { Update: 1 },
  },
  {
    it: 'leases.write with nothing to settle',
    work: ({ leases }, lease) => leases.write(lease, state, { seenWanted: 1, suspects: [] }),
    asks: { TransactWrite: 1 },
  },
  {
    it: 'leases.write with suspects to settle',
    work: ({ leases }, lease) => leases.write(lease, state, { seenWanted: 1, suspects: ['a'] }),
    asks: { Get: 1, TransactWrite: 1 },
  },
  {
    it: 'leases.release',
    work: ({ leases }, lease) => leases.release(lease, { wanted: 1, lookAt: null }),
    asks: { Update: 1 },
  },
  {
    it: 'slots.take',
    work: ({ slots }) => slots.take('prod', { of: 3, holder: 'a', now: 0, forMs: 9 }),
    asks: { Query: 1, Put: 1 },
  },
  {
    it: 'slots.release',
    work: ({ slots }) => slots.release({ cluster: 'prod', number: 0, holder: 'a' }),
    asks: { Delete: 1 },
  },
  { it: 'events.append of one', work: (store) => store.events.append(events(1, ['a'])), asks: { TransactWrite: 1 } },
  {
    it: 'events.append of a hundred with a notice each',
    work: (store) => store.events.append(events(100, ['a'])),
    asks: { TransactWrite: 2 },
  },
  { it: 'events.list of all', work: (store) => store.events.list({ limit: 50 }), asks: { Get: 1, Query: 1 } },
  {
    it: 'events.list of one Application',
    work: (store) => store.events.list({ application: 'shop', limit: 50 }),
    asks: { Query: 1 },
  },
  {
    it: 'outbox.take',
    work: ({ outbox }) => outbox.take({ now: 0, limit: 50, forMs: 9 }),
    asks: { Query: 8, Update: 1, BatchGet: 1 },
  },
  { it: 'outbox.done', work: ({ outbox }) => outbox.done('known@slack'), asks: { Delete: 1 } },
  { it: 'outbox.again', work: ({ outbox }) => outbox.again('known@slack', 9), asks: { Update: 1 } },
  { it: 'positions.of', work: ({ positions }) => positions.of('prod'), asks: { Query: 1 } },
  { it: 'positions.put', work: ({ positions }) => positions.put('prod', 'v1/Pod', null), asks: { Delete: 1 } },
  { it: 'repositories.get', work: ({ repositories }) => repositories.get(url), asks: { Get: 1 } },
  {
    it: 'repositories.put',
    work: ({ repositories }) => repositories.put(url, heads, { at: 1, seen: null }),
    asks: { Put: 1 },
  },
  { it: 'fleetRules.get', work: ({ fleetRules }) => fleetRules.get(), asks: { Get: 1 } },
  { it: 'fleetRules.put', work: ({ fleetRules }) => fleetRules.put(initialRules()), asks: { Put: 1 } },
  { it: 'deliveries.known', work: ({ deliveries }) => deliveries.known('github', 'd'), asks: { Get: 1 } },
  { it: 'deliveries.remember', work: ({ deliveries }) => deliveries.remember('github', 'd', 1e12), asks: { Put: 1 } },
];

for (const { it, work, asks } of cases)
  test(`requests ${it}: ${sayCounts(asks)}`, async (t) => {
    const { store, client } = await newTable(t, server.clientConfig);
    await store.applications.put(exampleApplication(), prod);
    await store.events.append([{ event: exampleEvent({ id: 'known' }), channels: ['slack'] }]);
    const lease = await store.leases.take('shop', { holder: 'a', now: 0, forMs: 100 });
    if (lease === null) throw new Error('the lease is free');
    const count = countedRequests(client);
    deepEqual(await count(() => work(store, lease)), asks);
  });

test('requests applications.list of 120: one for the documents, one for every fifty', async (t) => {
  const { store, client } = await newTable(t, server.clientConfig);
  const names = Array.from({ length: 120 }, (_, at) => `shop-${at}`);
  for (const name of names) await store.applications.put(exampleApplication({ name }), prod);
  const count = countedRequests(client);
  deepEqual(await count(() => store.applications.list()), { Query: 1, BatchGet: 3 });
});

test('requests events.append in a month that this process has not written down yet: one more', async (t) => {
  const { store, client } = await newTable(t, server.clientConfig);
  const count = countedRequests(client);
  deepEqual(await count(() => store.events.append(events(1, []))), { Update: 1, TransactWrite: 1 });
});

function sayCounts(counts: Counts): string {
  return Object.entries(counts)
    .map(([name, times]) => `${times} ${name}`)
    .join(', ');
}
