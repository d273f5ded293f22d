import { deepEqual, equal } from 'node:assert/strict';
import test from 'node:test';
import { sync } from '../../functions/sync/sync.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Fleet } from '../../lib/ports/fleet.ts';
import { doorPorts } from '../support/door-ports.ts';
import { lambdaContext, sqsEvent } from './lambda-events.ts';

const fleet = JSON.stringify({ about: 'fleet', why: 'test' });
const cluster = JSON.stringify({ about: 'cluster', name: 'prod', why: 'test' });

function fleetThat(read: Fleet['read']) {
  const logged: { name: string; facts: unknown }[] = [];
  const log = {
    info: () => {},
    warn: () => {},
    error: (name: string, facts: unknown) => void logged.push({ name, facts }),
  };
  const ports = doorPorts({ fleet: { read }, log });
  return { logged, handler: sync(async () => ({ ports, inbox: ports.queue })) };
}

test('sync handles every message of a batch', async () => {
  let reads = 0;
  const { handler } = fleetThat(async () => {
    reads += 1;
    return { files: new Map(), at: 'test' };
  });
  deepEqual(await handler(sqsEvent(fleet, cluster, fleet), lambdaContext), { batchItemFailures: [] });
  equal(reads, 2);
});

for (const [it, error, failures] of [
  [
    'gives back what waiting may cure, and only that',
    new Fault('git.unreachable', { repoURL: 'a' }),
    [{ itemIdentifier: 'm-2' }],
  ],
  ['gives back what looks like a bug, for the dead letters', new TypeError('bug'), [{ itemIdentifier: 'm-2' }]],
  ['drops what waiting cannot cure', new Fault('git.unauthorized', { repoURL: 'a' }), []],
] as const) {
  test(`sync ${it}`, async () => {
    const { handler, logged } = fleetThat(async () => Promise.reject(error));
    deepEqual(await handler(sqsEvent(cluster, fleet), lambdaContext), { batchItemFailures: failures });
    equal(logged[0]?.name, 'message.failed');
  });
}

for (const [it, body] of [
  ['no JSON', 'hello'],
  ['no message of ours', '{"some":"thing else"}'],
  ['a message with a part missing', '{"about":"application","why":"test"}'],
] as const) {
  test(`sync drops ${it} and logs that, but not the body`, async () => {
    const { handler, logged } = fleetThat(async () => ({ files: new Map(), at: 'test' }));
    deepEqual(await handler(sqsEvent(body), lambdaContext), { batchItemFailures: [] });
    deepEqual(logged, [{ name: 'message.unreadable', facts: { messageId: 'm-1', sizeBytes: body.length } }]);
  });
}
