import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { unitsOf } from '../../../bench/aws/dynamodb-units.ts';

const item = (bytes: number) => ({ pk: { S: 'x'.repeat(bytes) } });
const small = item(100);

for (const { it, operation, request = {}, answer = {}, gives } of [
  {
    it: 'half a unit for a read that may lag',
    operation: 'GetItem',
    answer: { Item: small },
    gives: { read: 0.5, write: 0 },
  },
  {
    it: 'a unit for each 4 kB of a consistent query',
    operation: 'Query',
    request: { ConsistentRead: true },
    answer: { Items: [item(3000), item(3000)] },
    gives: { read: 2, write: 0 },
  },
  {
    it: 'at least something for a query that finds nothing',
    operation: 'Query',
    answer: { Items: [] },
    gives: { read: 0.5, write: 0 },
  },
  {
    it: 'a unit for each small item of a batch, however small',
    operation: 'BatchGetItem',
    request: { RequestItems: { table: { ConsistentRead: true, Keys: [] } } },
    answer: { Responses: { table: [small, small, item(5000)] } },
    gives: { read: 4, write: 0 },
  },
  { it: 'a unit for a kB written', operation: 'PutItem', request: { Item: item(1500) }, gives: { read: 0, write: 2 } },
  {
    it: 'the entries of an index that goes with what is written',
    operation: 'UpdateItem',
    request: { UpdateExpression: 'SET dueAt = :now' },
    gives: { read: 0, write: 3 },
  },
  {
    it: 'twice as much in a transaction',
    operation: 'TransactWriteItems',
    request: { TransactItems: [{ Put: { Item: small } }, { Delete: { Key: small } }] },
    gives: { read: 0, write: 4 },
  },
]) {
  test(`dynamodb-units counts ${it}`, () =>
    deepEqual(unitsOf(operation, { request: JSON.stringify(request), answer: JSON.stringify(answer) }), gives));
}
