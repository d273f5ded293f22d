import { deepEqual, equal, ok } from 'node:assert/strict';
import test from 'node:test';
import { audit } from '../../functions/audit/audit.ts';
import { initialState } from '../../lib/core/application/initial-state.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { doorNow, doorPorts } from '../support/door-ports.ts';
import { auditDelivery, auditLine, delivered } from './audit-delivery.ts';
import { lambdaContext } from './lambda-events.ts';

async function open() {
  const logged: { name: string; facts: Record<string, unknown> | undefined }[] = [];
  const note = (name: string, facts?: Record<string, unknown>) => void logged.push({ name, facts });
  const ports = doorPorts({ log: { info: note, warn: note, error: note } });
  await ports.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  const lease = await ports.leases.take('shop', { holder: 'a', now: doorNow, forMs: 1 });
  if (lease === null) throw new Error('the lease is free');
  await ports.leases.write(lease, { ...initialState('shop'), kinds: ['apps/v1/Deployment'] });
  const handler = audit(async () => ({ ...ports, clustersOfEks: (eks) => (eks === 'prod-eu' ? ['prod'] : []) }));
  const queued = async () => (await ports.queue.receive({ max: 9, now: doorNow, forMs: 1 })).length;
  return { handler, logged, queued };
}

test('audit sweeps the cluster whose log tells of a hand edit', async () => {
  const { handler, queued } = await open();
  const receipt = await handler(auditDelivery('data-message', [auditLine('scale-by-person')]), lambdaContext);
  deepEqual([receipt?.woken, await queued()], [['prod'], 1]);
});

for (const it of ['control-message', 'authenticator', 'another-log-group'])
  test(`audit ignores a delivery of ${it}`, async () => {
    const { handler, logged, queued } = await open();
    equal(await handler(auditDelivery(it, [auditLine('scale-by-person')]), lambdaContext), null);
    deepEqual([logged, await queued()], [[], 0]);
  });

for (const [it, event] of [
  ['no gzip', { awslogs: { data: Buffer.from('hello').toString('base64') } }],
  ['no base64', { awslogs: { data: '%%%' } }],
  ['no JSON', delivered('hello')],
  ['another shape', delivered('{"messageType":"SOMETHING_ELSE"}')],
  ['what would fill the memory once it is unpacked', delivered(' '.repeat(65 * 1024 * 1024))],
] as const)
  test(`audit drops and logs ${it}, since it would be delivered again and again`, async () => {
    const { handler, logged, queued } = await open();
    equal(await handler(event, lambdaContext), null);
    deepEqual([logged.map(({ name }) => name), await queued()], [['audit.unreadable'], 0]);
  });

test('audit logs counts, and nothing of what was sent or answered', async () => {
  const { handler, logged } = await open();
  const event = { ...JSON.parse(auditLine('scale-by-person')), requestObject: { data: { password: 'hunter2' } } };
  await handler(auditDelivery('data-message', [JSON.stringify(event), '{"hunter2"']), lambdaContext);
  equal(logged.length, 1);
  equal(JSON.stringify(logged).includes('hunter2'), false);
});

test('audit takes the largest delivery there is, in seconds', async () => {
  const { handler, queued } = await open();
  const event = { ...JSON.parse(auditLine('scale-by-person')), responseObject: { noise: 'x'.repeat(8_000) } };
  const lines = Array.from({ length: 6_000 }, (_, index) => JSON.stringify({ ...event, auditID: String(index) }));
  const started = performance.now();
  const receipt = await handler(auditDelivery('data-message', lines), lambdaContext);
  deepEqual([receipt?.events, await queued()], [6_000, 1]);
  ok(performance.now() - started < 10_000);
});
