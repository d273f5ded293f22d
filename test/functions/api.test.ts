import { deepEqual, equal } from 'node:assert/strict';
import test from 'node:test';
import { serveApi } from '../../functions/api/serve-api.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { exampleEvent } from '../contracts/example-event.ts';
import { doorPorts } from '../support/door-ports.ts';
import { httpEvent, lambdaContext } from './lambda-events.ts';

const routeKey = 'GET /api/v1/{proxy+}';
const authorization = 'Bearer s3cret';

async function ask(
  path: string,
  { query = '', tokens = ['s3cret'] as string[] | null, headers = { authorization } as Record<string, string> } = {},
) {
  const ports = doorPorts();
  await ports.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  await ports.events.append([
    { event: exampleEvent({ id: 'e-1' }), channels: [] },
    { event: exampleEvent({ id: 'e-2' }), channels: [] },
  ]);
  const event = httpEvent({ routeKey, path, query, method: 'GET', headers });
  const answer = await serveApi(async () => ({ ports, tokens }), { log: ports.log })(event, lambdaContext);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? ''), type: answer.headers?.['content-type'] };
}

test('api shows the Applications to who has a token', async () => {
  const { status, body, type } = await ask('/api/v1/applications');
  deepEqual([status, body.items[0].name, type], [200, 'shop', 'application/json']);
});

test('api takes its parameters from the query', async () => {
  const { body } = await ask('/api/v1/events', { query: 'limit=1&application=shop' });
  deepEqual(
    body.items.map(({ id }: { id: string }) => id),
    ['e-2'],
  );
});

for (const [it, options] of [
  ['no token', { headers: {} }],
  ['a wrong token', { headers: { authorization: 'Bearer wrong' } }],
  ['an empty token', { headers: { authorization: 'Bearer ' } }],
  ['any token while access is not set', { tokens: null }],
] as const) {
  test(`api answers 401 to ${it}`, async () => {
    const { status, body } = await ask('/api/v1/applications', options);
    deepEqual([status, body.code], [401, 'api.unauthorized']);
  });
}

test('api answers 404 with the names there are', async () => {
  const { status, body } = await ask('/api/v1/applications/nope');
  equal(status, 404);
  deepEqual([body.code, body.hint.includes('shop')], ['application.not_found', true]);
});
