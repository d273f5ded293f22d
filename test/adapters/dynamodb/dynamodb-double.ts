/** An HTTP server that answers in DynamoDB's protocol as the test says, and a store that leads to it. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type DynamoStore, dynamoStore } from '../../../lib/adapters/dynamodb/dynamo-store.ts';
import { listenOn } from '../../support/listen-on.ts';
import { type CountedBlobs, countedBlobs } from './counted-blobs.ts';

/** `action`: `UpdateItem`; `body`: what was asked. */
export type Asked = { action: string; body: Record<string, unknown> };
/** `hangUp`: the connection is closed without an answer. */
export type Answer = Record<string, unknown> | { error: string; status?: number; [fact: string]: unknown } | 'hangUp';

export type DynamodbDouble = {
  store: DynamoStore;
  client: DynamoDBDocumentClient;
  blobs: CountedBlobs;
  asked: Asked[];
  actions(): string[];
};

/** `answer` is given how many requests came before. The client tries twice, as if it were in a hurry. */
export async function dynamodbDouble(
  t: TestContext,
  answer: (asked: Asked, before: number) => Answer,
): Promise<DynamodbDouble> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).replace('DynamoDB_20120810.', '');
    const one = { action, body: JSON.parse(await text(request)) };
    const said = answer(one, asked.length);
    asked.push(one);
    if (said === 'hangUp') return request.socket.destroy();
    const { error, status, ...facts } = said;
    const body = error === undefined ? facts : { __type: `com.amazonaws.dynamodb.v20120810#${error}`, ...facts };
    const code = error === undefined ? 200 : typeof status === 'number' ? status : 400;
    return response.writeHead(code, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  const endpoint = await listenOn(server, t);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const plain = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 2 });
  t.after(() => plain.destroy());
  const client = DynamoDBDocumentClient.from(plain);
  const blobs = countedBlobs();
  const store = dynamoStore({ client, table: 'trueup-dev', blobs, now: () => 0 });
  return { store, client, blobs, asked, actions: () => asked.map(({ action }) => action) };
}
