import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { createHttp } from '../../../cli/serve/http.ts';
import { countEvents, createMetrics } from '../../../cli/serve/metrics.ts';
import { signPush } from '../../../lib/adapters/github/sign-push.ts';
import { exampleApplication } from '../../contracts/example-application.ts';
import { exampleEvent } from '../../contracts/example-event.ts';
import { doorNow, doorPorts, doorSecret } from '../../support/door-ports.ts';

const local = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
const remote = { incoming: { socket: { remoteAddress: '203.0.113.9' } } };
const push = await readFile(new URL('../../payloads/github/push.json', import.meta.url), 'utf8');

async function open({ tokens = null }: { tokens?: string[] | null } = {}) {
  const ports = doorPorts();
  const metrics = createMetrics({ applications: ports.applications, inbox: ports.queue });
  let nudges = 0;
  const http = createHttp({ ports, metrics, tokens, queued: () => nudges++ });
  const ask = async (path: string, init: RequestInit = {}, from: object = local) => {
    const response = await http.request(
      `http://localhost:8080${path}`,
      { ...init, headers: { host: 'localhost:8080', ...init.headers } },
      from,
    );
    const text = await response.text();
    return { status: response.status, text, type: response.headers.get('content-type') };
  };
  const shop = exampleApplication({
    source: { repoURL: 'https://github.com/octo-org/shop', targetRevision: 'main', path: '.' },
  });
  await ports.applications.put(shop, { cluster: 'prod', leaving: false });
  return { ports, metrics, ask, nudges: () => nudges };
}

function signed(body: string, { secret = doorSecret, delivery = 'd-1' } = {}) {
  return { method: 'POST', ...signPush({ body, secret, event: 'push', delivery }) };
}

test('http queues a signed push, nudges the worker and answers 202', async () => {
  const { ask, ports, nudges } = await open();
  const { status, text } = await ask('/hooks/github', signed(push), remote);
  deepEqual([status, JSON.parse(text)], [202, { queued: 1, duplicate: false }]);
  equal(nudges(), 1);
  const [received] = await ports.queue.receive({ max: 9, now: doorNow, forMs: 1 });
  deepEqual(received?.message.about, 'repository');
});

test('http takes a delivery that comes twice only once', async () => {
  const { ask } = await open();
  await ask('/hooks/github', signed(push));
  deepEqual(JSON.parse((await ask('/hooks/github', signed(push))).text), { queued: 0, duplicate: true });
});

for (const [it, path, init, status, code] of [
  ['a wrong secret', '/hooks/github', signed(push, { secret: 'wrong' }), 401, 'push.bad_signature'],
  ['no signature', '/hooks/github', { method: 'POST', body: push }, 401, 'push.unsigned'],
  ['no signature and no sense', '/hooks/github', { method: 'POST', body: '\u0000{{{' }, 401, 'push.unsigned'],
  ['a signed body that is no JSON', '/hooks/github', signed('{{{'), 400, 'push.bad_payload'],
  ['a host that there is not', '/hooks/gitlab', signed(push), 404, 'push.unknown_host'],
  ['a body beyond the limit', '/hooks/github', signed('x'.repeat(26 * 1024 * 1024)), 413, 'push.too_large'],
  ['a path that there is not', '/nowhere', {}, 404, 'api.not_found'],
  ['an Application that there is not', '/api/v1/applications/nope', {}, 404, 'application.not_found'],
  ['a parameter that is no number', '/api/v1/events?limit=x', {}, 400, 'api.bad_request'],
  ['a parameter that there is not', '/api/v1/events?limi=3', {}, 400, 'api.bad_request'],
] as const) {
  test(`http answers ${status} with a code and a hint to ${it}`, async () => {
    const { ask, nudges } = await open();
    const answer = await ask(path, init);
    const { code: found, message, hint, ...rest } = JSON.parse(answer.text);
    deepEqual([answer.status, found, rest], [status, code, {}]);
    ok(message.length > 0 && hint.length > 0);
    equal(nudges(), 0);
  });
}

test('http shows the Applications, one of them with its objects, and the record', async () => {
  const { ask, ports } = await open();
  await ports.events.append([{ event: exampleEvent({ id: 'e-1' }), channels: [] }]);
  const { items } = JSON.parse((await ask('/api/v1/applications')).text);
  deepEqual(
    items.map(({ name, cluster, sync }: Record<string, string>) => [name, cluster, sync]),
    [['shop', 'prod', 'Unknown']],
  );
  deepEqual(JSON.parse((await ask('/api/v1/applications/shop')).text).objects, []);
  const record = JSON.parse((await ask('/api/v1/events?limit=1')).text);
  deepEqual([record.items[0].id, record.next], ['e-1', 'e-1']);
});

test('http keeps the API from other machines, and says how to open it', async () => {
  const { ask } = await open();
  const { status, text } = await ask('/api/v1/applications', {}, remote);
  deepEqual([status, JSON.parse(text).code], [403, 'api.forbidden']);
  match(JSON.parse(text).hint, /access\.tokens/);
});

for (const [it, authorization, status] of [
  ['the token', 'Bearer s3cret', 200],
  ['another token', 'Bearer other', 401],
  ['none', undefined, 401],
] as const) {
  test(`http with access answers ${status} to another machine with ${it}`, async () => {
    const { ask } = await open({ tokens: ['older', 's3cret'] });
    const headers = authorization === undefined ? {} : { authorization };
    equal((await ask('/api/v1/applications', { headers }, remote)).status, status);
  });
}

test('http with access asks this machine for a token too', async () => {
  const { ask } = await open({ tokens: ['s3cret'] });
  equal((await ask('/api/v1/applications')).status, 401);
});

test('http answers /healthz to everybody', async () => {
  const { ask } = await open();
  deepEqual(JSON.parse((await ask('/healthz', {}, remote)).text), { status: 'ok' });
});

test('http counts what happens for Prometheus, and names no Application there', async () => {
  const { ask, ports, metrics } = await open();
  const event = exampleEvent({ id: 'e-1' });
  await countEvents(ports.events, metrics).append([{ event, channels: [] }]);
  await ask('/hooks/github', signed(push));
  const { text, type } = await ask('/metrics');
  match(type ?? '', /text\/plain/);
  match(text, /trueup_events_total\{type="sync\.started"\} 1/);
  match(text, /trueup_queue_depth 1\n/);
  match(text, /trueup_applications\{sync="Unknown",health="Unknown"\} 1/);
  match(text, /trueup_http_request_seconds_count\{method="POST",route="\/hooks\/:gitHost",status="202"\} 1/);
  ok(!text.includes('shop'));
});

test('http publishes an OpenAPI document that names every route it answers', async () => {
  const { ask } = await open();
  const { openapi, paths } = JSON.parse((await ask('/api/v1/openapi.json')).text);
  equal(openapi, '3.1.0');
  deepEqual(Object.keys(paths), ['/applications', '/applications/{name}', '/applications/{name}/history', '/events']);
  for (const path of Object.keys(paths)) {
    equal((await ask(`/api/v1${path.replace('{name}', 'shop')}`)).status, 200);
  }
});
