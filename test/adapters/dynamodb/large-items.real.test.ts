/** What DynamoDB's 400 kB an item cannot hold is kept all the same, and nothing of it is left behind. */
import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LocalService } from '../../../infra/local/aws/start-dynamodb-local.ts';
import { startDynamoDbLocal } from '../../../infra/local/aws/start-dynamodb-local.ts';
import { initialState } from '../../../lib/core/application/initial-state.ts';
import type { Event } from '../../../lib/core/event/event.ts';
import { exampleApplication } from '../../contracts/example-application.ts';
import { exampleEvent } from '../../contracts/example-event.ts';
import { incompressible } from './incompressible.ts';
import { newTable } from './new-table.ts';

let server: LocalService;
before(async () => {
  server = await startDynamoDbLocal();
});
after(() => server?.stop());

const megabyte = incompressible(1_000_000);
const url = 'https://git.example.com/team/mono';
const prod = { cluster: 'prod', leaving: false };

test('large-items an Application with a megabyte of inlined values', async (t) => {
  const { store, blobs } = await newTable(t, server.clientConfig);
  const large = exampleApplication({ annotations: { values: megabyte } });
  await store.applications.put(large, prod);
  deepEqual((await store.applications.get('shop'))?.application, large);
  deepEqual((await store.applications.list())[0]?.application, large);
  equal(blobs.keys().length, 1);
  await store.applications.put(large, { ...prod, leaving: true });
  equal(blobs.keys().length, 1);
  await store.applications.put(exampleApplication(), prod);
  deepEqual(blobs.keys(), []);
  await store.applications.put(large, prod);
  await store.applications.remove('shop');
  deepEqual(blobs.keys(), []);
});

test('large-items a state with a huge operation', async (t) => {
  const { store, blobs } = await newTable(t, server.clientConfig);
  await store.applications.put(exampleApplication(), prod);
  const lease = await store.leases.take('shop', { holder: 'a', now: 0, forMs: 100 });
  if (lease === null) throw new Error('the lease is free');
  const huge = (word: string) => ({ ...initialState('shop'), warnings: [word, megabyte] });
  for (const word of ['first', 'second']) {
    await store.leases.write(lease, huge(word));
    deepEqual((await store.applications.get('shop'))?.state, huge(word));
    equal(blobs.keys().length, 1);
  }
  await store.leases.write(lease, initialState('shop'));
  deepEqual(blobs.keys(), []);
  await store.leases.write(lease, huge('third'));
  await store.applications.remove('shop');
  deepEqual(blobs.keys(), []);
});

test('large-items a state that is refused leaves nothing behind', async (t) => {
  const { store, blobs } = await newTable(t, server.clientConfig);
  const lost = { name: 'shop', fence: 1, until: 100 };
  await rejects(store.leases.write(lost, { ...initialState('shop'), warnings: [megabyte] }), {
    code: 'store.lease_lost',
  });
  deepEqual(blobs.keys(), []);
});

for (const { count, spilled } of [
  { count: 10_000, spilled: 0 },
  { count: 20_000, spilled: 1 },
])
  test(`large-items a repository of ${count} branches`, async (t) => {
    const { store, blobs } = await newTable(t, server.clientConfig);
    const shas = Buffer.from(incompressible(count * 28), 'base64').toString('hex');
    const names = Array.from({ length: count }, (_, at) => [`feature/${at}`, shas.slice(at * 40, at * 40 + 40)]);
    const heads = { defaultBranch: 'main', branches: Object.fromEntries(names), tags: {}, etag: '' };
    await store.repositories.put(url, heads, { at: 1, seen: null });
    await store.repositories.put(url, heads, { at: 2, seen: 1 });
    deepEqual(await store.repositories.get(url), { heads, at: 2 });
    equal(blobs.keys().length, spilled);
    await store.repositories.forget(url);
    deepEqual(blobs.keys(), []);
  });

test('large-items an event with a diff of a megabyte', async (t) => {
  const { store, blobs } = await newTable(t, server.clientConfig);
  const event: Event = {
    ...exampleEvent({ id: 'e1' }),
    type: 'object.updated',
    object: { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'web' },
    diff: [{ path: 'data.page', from: '', to: megabyte }],
  };
  const small = exampleEvent({ id: 'e0' });
  const entries = [event, small].map((each) => ({ event: each, channels: ['slack'] }));
  await store.events.append(entries);
  await store.events.append(entries);
  equal(blobs.keys().length, 1);
  deepEqual(await store.events.list({ limit: 10 }), [event, small]);
  deepEqual(await store.events.list({ application: 'shop', limit: 1 }), [event]);
  const notices = await store.outbox.take({ now: 0, limit: 10, forMs: 0 });
  deepEqual(
    notices.map((notice) => notice.event),
    [small, event],
  );
});

test('large-items a list of large Applications, more than one answer holds', async (t) => {
  const { store } = await newTable(t, server.clientConfig);
  const names = Array.from({ length: 60 }, (_, at) => `shop-${String(at).padStart(2, '0')}`);
  for (const name of names) {
    await store.applications.put(
      exampleApplication({ name, annotations: { values: megabyte.slice(0, 250_000) } }),
      prod,
    );
    const lease = await store.leases.take(name, { holder: 'a', now: 0, forMs: 100 });
    if (lease === null) throw new Error('the lease is free');
    await store.leases.write(lease, { ...initialState(name), warnings: [megabyte.slice(0, 380_000)] });
  }
  const entries = await store.applications.list();
  deepEqual(
    entries.map(({ application }) => application.name),
    names,
  );
  equal(
    entries.every(({ state }) => state.warnings[0]?.length === 380_000),
    true,
  );
});

test('large-items a blob that was replaced while somebody read it: the newer one is read', async (t) => {
  const { store, blobs } = await newTable(t, server.clientConfig);
  const heads = (etag: string) => ({ defaultBranch: 'main', branches: {}, tags: {}, etag: etag + megabyte });
  await store.repositories.put(url, heads('old'), { at: 1, seen: null });
  const { get } = blobs;
  blobs.get = async (key) => {
    blobs.get = get;
    await store.repositories.put(url, heads('new'), { at: 2, seen: 1 });
    return get(key);
  };
  equal((await store.repositories.get(url))?.heads.etag, `new${megabyte}`);
});

test('large-items a blob that is lost is a damaged store, said with its name', async (t) => {
  const { store, blobs } = await newTable(t, server.clientConfig);
  await store.repositories.put(
    url,
    { defaultBranch: 'main', branches: {}, tags: {}, etag: megabyte },
    { at: 1, seen: null },
  );
  const [key = ''] = blobs.keys();
  await blobs.remove(key);
  await rejects(store.repositories.get(url), (fault: unknown) => {
    equal(fault instanceof Error && fault.message.includes(key), true);
    return true;
  });
});
