/** A store in a table of its own, on whatever speaks DynamoDB's protocol; what is too big for it is kept in memory. */
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { CreateTableCommand, DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ClientConfig } from '../../../infra/local/aws/local-aws.ts';
import { type DynamoStore, dynamoStore } from '../../../lib/adapters/dynamodb/dynamo-store.ts';
import { tableDefinition, timeToLive } from '../../../lib/adapters/dynamodb/table-definition.ts';
import { type CountedBlobs, countedBlobs } from './counted-blobs.ts';

export type NewTable = { client: DynamoDBDocumentClient; table: string; blobs: CountedBlobs; store: DynamoStore };

export async function newTable(t: TestContext, config: ClientConfig, now: () => number = Date.now): Promise<NewTable> {
  const plain = new DynamoDBClient(config);
  const client = DynamoDBDocumentClient.from(plain);
  t.after(() => plain.destroy());
  const table = `trueup-${randomUUID()}`;
  await plain.send(new CreateTableCommand({ TableName: table, ...tableDefinition }));
  await plain.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification: timeToLive }));
  const blobs = countedBlobs();
  return { client, table, blobs, store: dynamoStore({ client, table, blobs, now }) };
}
