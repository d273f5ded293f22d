import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { exampleEvent } from '../../contracts/example-event.ts';
import { type Asked, dynamodbDouble } from './dynamodb-double.ts';

const event = exampleEvent({ id: 'e1' });
const notice = { v: { N: '1' }, event: { S: 'e1' }, channel: { S: 'slack' }, attempts: { N: '0' } };

/** A table whose indexes know nothing yet; every write works. */
function laggingTable(written: Asked[] = []) {
  return (asked: Asked) => {
    const { action, body } = asked;
    if (action === 'Query') return { Items: [] };
    if (action === 'TransactWriteItems') written.push(asked);
    if (action === 'UpdateItem' && JSON.stringify(body.Key).includes('NOTICE')) return { Attributes: notice };
    if (action !== 'BatchGetItem') return {};
    const [item] = written.flatMap(({ body: { TransactItems } }) =>
      Array.isArray(TransactItems) ? TransactItems : [],
    );
    return { Responses: { 'trueup-dev': [item.Put.Item] } };
  };
}

test('lagging-index: what this process owes a channel it finds at once, and once', async (t) => {
  const { store, asked } = await dynamodbDouble(t, laggingTable());
  await store.events.append([{ event, channels: ['slack'] }]);
  const take = async () => (await store.outbox.take({ now: 0, limit: 10, forMs: 60_000 })).map(({ id }) => id);
  deepEqual(await take(), ['e1@slack']);
  const before = asked.length;
  deepEqual(await take(), []);
  equal(asked.length - before, 8, 'only the index is asked');
});

test('lagging-index: what was not taken for want of room is taken next time', async (t) => {
  const { store } = await dynamodbDouble(t, laggingTable());
  await store.events.append([{ event, channels: ['slack', 'mail'] }]);
  const take = async () => (await store.outbox.take({ now: 0, limit: 1, forMs: 60_000 })).length;
  deepEqual([await take(), await take(), await take()], [1, 1, 0]);
});

test('lagging-index: an event that was there already owes nothing anew', async (t) => {
  const lagging = laggingTable();
  const { store, asked } = await dynamodbDouble(t, (one) => {
    if (one.action !== 'TransactWriteItems') return lagging(one);
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed', Item: { v: { N: '1' } } }, { Code: 'None' }];
    return { error: 'TransactionCanceledException', CancellationReasons };
  });
  await store.events.append([{ event, channels: ['slack'] }]);
  deepEqual(await store.outbox.take({ now: 0, limit: 10, forMs: 60_000 }), []);
  equal(
    asked.filter(({ action, body }) => action === 'UpdateItem' && 'ConditionExpression' in body).length,
    1,
    'the month',
  );
});
