/** The store keeps its promises on DynamoDB Local, which is strict, and on the AWS in which the deployed stack is tested. */
import { after, before } from 'node:test';
import type { ClientConfig } from '../../../infra/local/aws/local-aws.ts';
import { startDynamoDbLocal } from '../../../infra/local/aws/start-dynamodb-local.ts';
import { startLocalAws } from '../../../infra/local/aws/start-local-aws.ts';
import { everyContract } from './every-contract.ts';
import { newTable } from './new-table.ts';

for (const { name, start } of [
  { name: 'DynamoDB Local', start: startDynamoDbLocal },
  { name: 'ministack', start: () => startLocalAws() },
]) {
  let server: { clientConfig: ClientConfig; stop(): Promise<void> };
  before(async () => {
    server = await start();
  });
  after(() => server?.stop());
  everyContract(name, async (t) => (await newTable(t, server.clientConfig)).store);
}
