import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { initialState } from '../../../lib/core/application/initial-state.ts';
import { type Answer, type Asked, dynamodbDouble } from './dynamodb-double.ts';
import { incompressible } from './incompressible.ts';

const refused = 'ConditionalCheckFailedException';
const lease = { name: 'shop', fence: 7, until: 100 };
const work = { v: { N: '1' }, fence: { N: '7' }, wanted: { N: '3' } };

/** The first request is carried out and its answer lost; the second one finds `found` with the token of the first. */
function lostOnce(found: Record<string, unknown>) {
  return ({ body }: Asked, before: number): Answer => {
    if (before === 0) return 'hangUp';
    return { error: refused, Item: { ...found, token: sentValue(body, 'token') } };
  };
}

test('lost-answers a lease whose answer was lost is ours, and not left to run out', async (t) => {
  const { store, asked } = await dynamodbDouble(t, lostOnce({ ...work, holder: { S: 'a' } }));
  deepEqual(await store.leases.take('shop', { holder: 'a', now: 0, forMs: 100 }), lease);
  equal(asked.length, 2);
});

test('lost-answers a lease of the same holder that was taken by another call is not ours', async (t) => {
  const found = { ...work, holder: { S: 'a' }, token: { S: 'of another call' } };
  const { store } = await dynamodbDouble(t, () => ({ error: refused, Item: found }));
  equal(await store.leases.take('shop', { holder: 'a', now: 0, forMs: 100 }), null);
});

test('lost-answers a release whose answer was lost is a release, not a lost lease', async (t) => {
  const { store } = await dynamodbDouble(t, lostOnce(work));
  equal(await store.leases.release(lease, { wanted: 3, lookAt: null }), true);
});

test('lost-answers a slot whose answer was lost is ours, and not left to run out', async (t) => {
  const { store } = await dynamodbDouble(t, ({ action, body }, before) => {
    if (action === 'Query') return { Items: [] };
    if (before === 1) return 'hangUp';
    return { error: refused, Item: { v: { N: '1' }, token: itemOf(body).token } };
  });
  deepEqual(await store.slots.take('prod', { of: 1, holder: 'a', now: 0, forMs: 100 }), {
    cluster: 'prod',
    number: 0,
    holder: 'a',
  });
});

test('lost-answers heads whose answer was lost are written, and their blob stays', async (t) => {
  const { store, blobs } = await dynamodbDouble(t, ({ body }, before) => {
    if (before === 0) return 'hangUp';
    return { error: refused, Item: { v: { N: '1' }, at: { N: '2' }, token: itemOf(body).token } };
  });
  const heads = { defaultBranch: 'main', branches: {}, tags: {}, etag: incompressible(600_000) };
  equal(await store.repositories.put('https://git.example.com/team/shop', heads, { at: 2, seen: 1 }), true);
  equal(blobs.keys().length, 1);
});

test('lost-answers heads that somebody else wrote meanwhile leave no blob behind', async (t) => {
  const found = { v: { N: '1' }, at: { N: '2' }, token: { S: 'of another call' } };
  const { store, blobs } = await dynamodbDouble(t, () => ({ error: refused, Item: found }));
  const heads = { defaultBranch: 'main', branches: {}, tags: {}, etag: incompressible(600_000) };
  equal(await store.repositories.put('https://git.example.com/team/shop', heads, { at: 2, seen: 1 }), false);
  deepEqual(blobs.keys(), []);
});

test('lost-answers a transaction is sent again under the same token, another one under its own', async (t) => {
  const { store, asked } = await dynamodbDouble(t, (_, before) => (before === 0 ? 'hangUp' : {}));
  await store.leases.write(lease, initialState('shop'));
  await store.leases.write(lease, initialState('shop'));
  const [first, again, second] = asked.map(({ body }) => body.ClientRequestToken);
  equal(typeof first, 'string');
  equal(again, first);
  equal(second === first, false);
});

function sentValue(body: Record<string, unknown>, name: string): unknown {
  const { ExpressionAttributeValues: values } = body;
  return typeof values === 'object' && values !== null
    ? Object.entries(values).find(([key]) => key === `:${name}`)?.[1]
    : null;
}

function itemOf({ Item }: Record<string, unknown>): Record<string, unknown> {
  return typeof Item === 'object' && Item !== null ? { ...Item } : {};
}
