import { deepEqual, equal } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { webhook } from '../../functions/webhook/webhook.ts';
import { signPush } from '../../lib/adapters/github/sign-push.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { doorNow, doorPorts, doorSecret } from '../support/door-ports.ts';
import { httpEvent, lambdaContext } from './lambda-events.ts';

const push = await readFile(new URL('../payloads/github/push.json', import.meta.url), 'utf8');
const signed = signPush({ body: push, secret: doorSecret, event: 'push', delivery: 'd-1' });

async function open() {
  const ports = doorPorts();
  const source = { repoURL: 'https://github.com/octo-org/shop', targetRevision: 'main', path: '.' };
  await ports.applications.put(exampleApplication({ source }), { cluster: 'prod', leaving: false });
  return { ports, handler: webhook(async () => ports, { log: ports.log }) };
}

const delivered = { routeKey: 'POST /hooks/{gitHost}', path: '/hooks/github', gitHost: 'github' };

for (const [it, body, isBase64Encoded] of [
  ['as text', push, false],
  ['in base64, as API Gateway sends what is not plain ASCII', Buffer.from(push).toString('base64'), true],
] as const) {
  test(`webhook takes a signed body ${it}`, async () => {
    const { ports, handler } = await open();
    const answer = await handler(
      httpEvent({ ...delivered, headers: signed.headers, body, isBase64Encoded }),
      lambdaContext,
    );
    equal(answer.statusCode, 202);
    deepEqual(JSON.parse(answer.body ?? ''), { queued: 1, duplicate: false });
    equal((await ports.queue.receive({ max: 9, now: doorNow, forMs: 1 })).length, 1);
  });
}

for (const [it, event, status, code] of [
  ['a body that was changed', { ...delivered, headers: signed.headers, body: `${push} ` }, 401, 'push.bad_signature'],
  ['no signature', { ...delivered, body: push }, 401, 'push.unsigned'],
  ['no body', { ...delivered }, 401, 'push.unsigned'],
  ['a host that there is not', { ...delivered, gitHost: 'other', body: push }, 404, 'push.unknown_host'],
] as const) {
  test(`webhook answers ${status} to ${it}`, async () => {
    const { handler } = await open();
    const answer = await handler(httpEvent(event), lambdaContext);
    equal(answer.statusCode, status);
    equal(JSON.parse(answer.body ?? '').code, code);
  });
}

test('webhook answers 503 when the queue does not take the wake-up, so that the Git host delivers again', async () => {
  const { ports } = await open();
  const queue = { ...ports.queue, send: async () => Promise.reject(new Fault('queue.unavailable', { queue: 'q' })) };
  const answer = await webhook(async () => ({ ...ports, queue }), { log: ports.log })(
    httpEvent({ ...delivered, headers: signed.headers, body: push }),
    lambdaContext,
  );
  deepEqual([answer.statusCode, JSON.parse(answer.body ?? '').code], [503, 'queue.unavailable']);
});

test('webhook tells nobody what of ours is wrong, and its log all of it', async () => {
  const { ports } = await open();
  const logged: unknown[] = [];
  const log = { ...ports.log, error: (name: string, _: unknown, error: unknown) => void logged.push(name, error) };
  const fault = new Fault('config.secret_missing', { path: 's3://a-bucket/config', reference: 'a-secret' });
  const broken = webhook(
    async () => {
      throw fault;
    },
    { log },
  );
  const { body = '', statusCode } = await broken(httpEvent({ ...delivered, body: push }), lambdaContext);
  deepEqual([statusCode, JSON.parse(body).code], [500, 'config.secret_missing']);
  for (const detail of ['a-bucket', 'a-secret']) equal(body.includes(detail), false);
  deepEqual(logged, ['request.failed', fault]);
});

test('webhook logs a bug with its stack and shows nothing of it', async () => {
  const { ports } = await open();
  const logged: unknown[] = [];
  const log = { ...ports.log, error: (name: string, _: unknown, error: unknown) => void logged.push(name, error) };
  const bug = new TypeError('secret detail');
  const broken = webhook(
    async () => {
      throw bug;
    },
    { log },
  );
  const answer = await broken(httpEvent({ ...delivered, body: push }), lambdaContext);
  deepEqual([answer.statusCode, JSON.parse(answer.body ?? '').code], [500, 'unexpected']);
  deepEqual(logged, ['unexpected', bug]);
  equal(answer.body?.includes('secret detail'), false);
});
