import { deepEqual, ok } from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoClient } from '../../../functions/wire/aws-clients.ts';
import { listenOn } from '../../support/listen-on.ts';

/** As in serverless.yml. */
const webhookMs = 10_000;

test('aws-clients: a connection that swallows the first request leaves a webhook the time for another one', async (t) => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    if (asked > 1) response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await listenOn(server, t),
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  });
  const client = dynamoClient({ region: 'eu-west-1' });
  t.after(() => client.destroy());
  const startedAt = performance.now();
  const { Item } = await client.send(new GetCommand({ TableName: 'trueup-dev', Key: { pk: 'a', sk: 'b' } }));
  deepEqual([Item, asked], [undefined, 2]);
  ok(performance.now() - startedAt < webhookMs / 2);
});
