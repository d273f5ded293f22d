/** DynamoDB Local takes tables, conditions and transactions, and ends when it is stopped. */
import { deepEqual, equal, rejects } from 'node:assert/strict';
import test from 'node:test';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { startDynamoDbLocal } from '../../../../infra/local/aws/start-dynamodb-local.ts';
import { alive } from '../../../support/until-dead.ts';

test('dynamodb-local keeps a transaction whole, or nothing of it', async (t) => {
  const local = await startDynamoDbLocal();
  t.after(() => local.stop());
  const client = new DynamoDBClient(local.clientConfig);
  await client.send(
    new CreateTableCommand({
      TableName: 'things',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const putNew = (...keys: string[]) =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: keys.map((pk) => ({
          Put: { TableName: 'things', Item: { pk: { S: pk } }, ConditionExpression: 'attribute_not_exists(pk)' },
        })),
      }),
    );
  const get = async (pk: string) =>
    (await client.send(new GetItemCommand({ TableName: 'things', Key: { pk: { S: pk } }, ConsistentRead: true }))).Item;

  await putNew('a', 'b');
  deepEqual(await get('b'), { pk: { S: 'b' } });
  await rejects(putNew('c', 'b'), (error) => {
    const codes = error instanceof TransactionCanceledException && error.CancellationReasons?.map(({ Code }) => Code);
    deepEqual(codes, ['None', 'ConditionalCheckFailed']);
    return true;
  });
  equal(await get('c'), undefined);

  await local.stop();
  deepEqual(alive([local.pid]), []);
});
