import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { initialState } from '../../../lib/core/application/initial-state.ts';
import { Fault, mayRetry } from '../../../lib/core/fault/fault.ts';
import { exampleApplication } from '../../contracts/example-application.ts';
import { dynamodbDouble } from './dynamodb-double.ts';

const lease = { name: 'shop', fence: 1, until: 100 };
const work = { pk: { S: 'APP#shop' }, sk: { S: 'WORK' }, v: { N: '1' }, fence: { N: '1' }, wanted: { N: '1' } };
const conflict = {
  error: 'TransactionCanceledException',
  CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
};

for (const error of ['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']) {
  test(`dynamodb-fault ${error} for a moment is waited out`, async (t) => {
    const { store, actions } = await dynamodbDouble(t, (_, before) => (before === 0 ? { error, message: 'slow' } : {}));
    equal(await store.applications.get('shop'), null);
    deepEqual(actions(), ['GetItem', 'GetItem']);
  });

  test(`dynamodb-fault ${error} that lasts is a table that takes no more, and comes again later`, async (t) => {
    const { store, asked } = await dynamodbDouble(t, () => ({ error, message: 'slow down' }));
    await rejects(store.wakes.wake('shop', 0), (fault: unknown) => {
      ok(fault instanceof Fault && mayRetry(fault));
      const { path, action, because } = fault.facts;
      deepEqual(
        [fault.code, path, action, because],
        ['store.throttled', 'trueup-dev', 'dynamodb:UpdateItem', 'slow down'],
      );
      return fault.cause instanceof Error;
    });
    equal(asked.length, 2);
  });
}

test('dynamodb-fault a transaction that met another one is done again', async (t) => {
  const { store, actions } = await dynamodbDouble(t, (_, before) => (before < 4 ? conflict : {}));
  await store.leases.write(lease, initialState('shop'));
  deepEqual(actions(), Array(5).fill('TransactWriteItems'));
});

test('dynamodb-fault a wake-up that met a transaction is done again', async (t) => {
  const { store, actions } = await dynamodbDouble(t, (_, before) =>
    before < 2 ? { error: 'TransactionConflictException', message: 'in progress' } : {},
  );
  await store.wakes.wake('shop', 0);
  deepEqual(actions(), Array(3).fill('UpdateItem'));
});

test('dynamodb-fault transactions that always meet others give up after ten', async (t) => {
  const { store, asked } = await dynamodbDouble(t, ({ action }) => (action === 'GetItem' ? {} : conflict));
  await rejects(store.applications.put(exampleApplication(), { cluster: 'prod', leaving: false }), {
    code: 'store.throttled',
  });
  equal(asked.filter(({ action }) => action === 'TransactWriteItems').length, 10);
});

test('dynamodb-fault keys that are never answered end as a table that takes no more', async (t) => {
  const { store, actions } = await dynamodbDouble(t, ({ action, body }) =>
    action === 'GetItem' ? { Item: work } : { Responses: {}, UnprocessedKeys: body.RequestItems },
  );
  await rejects(store.applications.get('shop'), { code: 'store.throttled' });
  equal(actions().filter((action) => action === 'BatchGetItem').length, 10);
});

test('dynamodb-fault a denied action names the single write, the table and the statement that is missing', async (t) => {
  const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/trueup-dev';
  const message = `User: arn:aws:sts::111122223333:assumed-role/sync/x is not authorized to perform: dynamodb:ConditionCheckItem on resource: ${arn} because no identity-based policy allows it`;
  const { store } = await dynamodbDouble(t, () => ({ error: 'AccessDeniedException', message }));
  await rejects(store.leases.write(lease, initialState('shop')), (fault: unknown) => {
    ok(fault instanceof Fault);
    equal(fault.code, 'store.denied');
    equal(fault.facts.action, 'dynamodb:ConditionCheckItem');
    equal(fault.facts.path, 'trueup-dev');
    ok(fault.hint.includes(`{"Effect":"Allow","Action":"dynamodb:ConditionCheckItem","Resource":"${arn}"}`));
    return true;
  });
});

for (const { it, answer, code } of [
  { it: 'a table that is not there', answer: { error: 'ResourceNotFoundException' }, code: 'store.no_table' },
  { it: 'trouble inside DynamoDB', answer: { error: 'InternalServerError', status: 500 }, code: 'store.unavailable' },
  { it: 'credentials of yesterday', answer: { error: 'ExpiredTokenException' }, code: 'store.unavailable' },
  { it: 'a connection that is cut', answer: 'hangUp' as const, code: 'store.unavailable' },
])
  test(`dynamodb-fault ${it} is ${code}, to be tried again later`, async (t) => {
    const { store } = await dynamodbDouble(t, () => answer);
    await rejects(store.positions.of('prod'), (fault: unknown) => {
      ok(fault instanceof Fault && mayRetry(fault));
      deepEqual([fault.code, fault.facts.path], [code, 'trueup-dev']);
      return true;
    });
  });

test('dynamodb-fault a request that DynamoDB finds invalid is a bug, not a fault', async (t) => {
  const { store } = await dynamodbDouble(t, () => ({ error: 'ValidationException', message: 'too long' }));
  await rejects(store.positions.of('prod'), { name: 'ValidationException' });
});

test('dynamodb-fault what a newer Trueup wrote is not read', async (t) => {
  const { store } = await dynamodbDouble(t, () => ({ Item: { ...work, v: { N: '2' } } }));
  await rejects(store.applications.get('shop'), (fault: unknown) => {
    ok(fault instanceof Fault);
    const { code, facts } = fault;
    deepEqual([code, facts.path, facts.found, facts.allowed], ['store.newer_schema', 'trueup-dev', 2, 1]);
    return true;
  });
});

test('dynamodb-fault what a newer Trueup wrote is not overwritten', async (t) => {
  const Item = { ...work, v: { N: '2' } };
  const { store } = await dynamodbDouble(t, ({ action }) =>
    action === 'TransactWriteItems'
      ? { error: 'TransactionCanceledException', CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item }, {}] }
      : { error: 'ConditionalCheckFailedException', Item },
  );
  await rejects(store.wakes.wake('shop', 0), { code: 'store.newer_schema' });
  await rejects(store.positions.put('prod', 'v1/Pod', null), { code: 'store.newer_schema' });
  await rejects(store.leases.write(lease, initialState('shop')), { code: 'store.newer_schema' });
});
