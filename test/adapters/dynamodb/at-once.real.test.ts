/** Many at one Application, one outbox, one table at the same moment: nothing is lost, and nobody gets what is another's. */
import { deepEqual, equal } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LocalService } from '../../../infra/local/aws/start-dynamodb-local.ts';
import { startDynamoDbLocal } from '../../../infra/local/aws/start-dynamodb-local.ts';
import { exampleApplication } from '../../contracts/example-application.ts';
import { exampleEvent } from '../../contracts/example-event.ts';
import { newTable } from './new-table.ts';

let server: LocalService;
before(async () => {
  server = await startDynamoDbLocal();
});
after(() => server?.stop());

const prod = { cluster: 'prod', leaving: false };
const many = Array.from({ length: 200 }, (_, at) => at);

test('at-once two hundred wake-ups of one Application, while its worker writes: every one is counted and every suspect kept', async (t) => {
  const { store } = await newTable(t, server.clientConfig);
  const { applications, leases, wakes } = store;
  await applications.put(exampleApplication(), prod);
  await wakes.suspect('shop', ['dealt with'], 0);
  const lease = await leases.take('shop', { holder: 'a', now: 0, forMs: 1_000_000 });
  const seen = await applications.get('shop');
  if (lease === null || seen === null) throw new Error('the lease is free');

  const waking = many.map((at) =>
    at % 2 === 0 ? wakes.wake('shop', at) : wakes.suspect('shop', [`ConfigMap shop/${at}`], at),
  );
  const settled = { seenWanted: seen.wanted, suspects: seen.suspects };
  await leases.write(lease, seen.state, settled);
  await leases.write(lease, seen.state, settled);
  await Promise.all(waking);

  const entry = await applications.get('shop');
  equal(entry?.wanted, seen.wanted + many.length);
  deepEqual(
    entry?.suspects.toSorted(),
    many
      .filter((at) => at % 2 === 1)
      .map((at) => `ConfigMap shop/${at}`)
      .toSorted(),
  );
  equal(await leases.release(lease, { wanted: seen.wanted, lookAt: null }), false);
  equal(await leases.release(lease, { wanted: seen.wanted + many.length, lookAt: null }), true);
});

test('at-once two hundred workers want one lease: one gets it', async (t) => {
  const { store } = await newTable(t, server.clientConfig);
  await store.applications.put(exampleApplication(), prod);
  const leases = await Promise.all(
    many.map((at) => store.leases.take('shop', { holder: `worker ${at}`, now: 0, forMs: 100 })),
  );
  deepEqual(
    leases.filter((lease) => lease !== null),
    [{ name: 'shop', fence: 1, until: 100 }],
  );
});

test('at-once twenty find more than five hundred suspects: everything is suspect, and each of them is counted', async (t) => {
  const { store } = await newTable(t, server.clientConfig);
  await store.applications.put(exampleApplication(), prod);
  const named = (at: number) => Array.from({ length: 45 }, (_, number) => `ConfigMap shop/${at}-${number}`);
  await Promise.all(many.slice(0, 20).map((at) => store.wakes.suspect('shop', named(at), at)));
  const entry = await store.applications.get('shop');
  deepEqual([entry?.suspects, entry?.wanted], [['*'], 21]);
});

test('at-once ten change one document: each change wakes, and the last one stands whole', async (t) => {
  const { store } = await newTable(t, server.clientConfig);
  const path = (at: number) => `https://git.example.com/team/${at}`;
  const puts = many.slice(0, 10).map((at) => {
    const source = { repoURL: path(at), targetRevision: 'main', path: '.' };
    return store.applications.put(exampleApplication({ source }), prod);
  });
  await Promise.all(puts);
  const entry = await store.applications.get('shop');
  equal(entry?.wanted, 10);
  const found = await Promise.all(many.slice(0, 10).map((at) => store.applications.ofRepository(path(at))));
  deepEqual(
    found.flatMap((names, at) => names.map(() => path(at))),
    [entry?.application.source.repoURL],
  );
});

test('at-once two workers empty the outbox: no notice is taken twice, and none is left', async (t) => {
  const { store } = await newTable(t, server.clientConfig);
  await store.events.append(
    many.slice(0, 60).map((at) => ({ event: exampleEvent({ id: `e${at}` }), channels: ['slack'] })),
  );
  const taken = await Promise.all([1, 2].map(() => store.outbox.take({ now: 5, limit: 50, forMs: 100 })));
  const rest = await store.outbox.take({ now: 6, limit: 50, forMs: 100 });
  const ids = [...taken.flat(), ...rest].map(({ id }) => id);
  equal(ids.length, 60);
  equal(new Set(ids).size, 60);
});

test('at-once two steps record the same events: each is there once, with one notice', async (t) => {
  const { store } = await newTable(t, server.clientConfig);
  const entries = many.slice(0, 60).map((at) => ({ event: exampleEvent({ id: `e${at}` }), channels: ['slack'] }));
  await Promise.all([store.events.append(entries), store.events.append(entries.toReversed())]);
  equal((await store.events.list({ limit: 1000 })).length, 60);
  equal((await store.outbox.take({ now: 0, limit: 1000, forMs: 100 })).length, 60);
});

test('at-once a document that changes while all are listed: the number of its wake-up is not newer than the document', async (t) => {
  const { store, client } = await newTable(t, server.clientConfig);
  const changed = exampleApplication({ labels: { team: 'shop' } });
  await store.applications.put(exampleApplication(), prod);
  let between = () => store.applications.put(changed, prod);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const change = between;
      if (context.commandName === 'BatchGetItemCommand') {
        between = async () => {};
        await change();
      }
      return next(args);
    },
    { step: 'initialize', name: 'changeBetween' },
  );
  const [entry] = await store.applications.list();
  deepEqual([entry?.application, entry?.wanted], [changed, 2]);
});
