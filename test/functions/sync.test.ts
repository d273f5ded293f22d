import { deepEqual, equal, rejects } from 'node:assert/strict';
import test from 'node:test';
import { sync } from '../../functions/sync/sync.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Fleet } from '../../lib/ports/fleet.ts';
import { doorPorts } from '../support/door-ports.ts';
import { silentLog } from '../support/silent-log.ts';
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
  return { logged, handler: sync(async () => ({ ports }), { inbox: ports.queue, log, now: ports.now }) };
}

test('sync handles every message of a batch', async () => {
  let reads = 0;
  const { handler } = fleetThat(async () => {
    reads += 1;
    return { files: new Map(), at: 'test' };
  });
  const event = sqsEvent(cluster, cluster, cluster, cluster, cluster, cluster, fleet);
  deepEqual(await handler(event, lambdaContext), { batchItemFailures: [] });
  equal(reads, 1);
});

for (const [it, error, failures] of [
  ['leaves to the next minute what waiting may cure', new Fault('git.unreachable', { repoURL: 'a' }), []],
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

for (const { it, error, times, seconds } of [
  {
    it: 'S3 does not answer',
    error: new Fault('store.unavailable', { path: 's3://b/config/trueup.yaml' }),
    times: 1,
    seconds: 10,
  },
  {
    it: 'S3 still does not answer',
    error: new Fault('store.unavailable', { path: 's3://b/config/trueup.yaml' }),
    times: 3,
    seconds: 40,
  },
  {
    it: 'its configuration is missing',
    error: new Fault('config.missing', { path: 's3://b/config/trueup.yaml' }),
    times: 1,
    seconds: 900,
  },
]) {
  test(`sync that cannot begin because ${it} fails, and its messages come again after ${seconds} s, not after half an hour`, async () => {
    const moved: (readonly [receipt: string, seconds: number])[] = [];
    const now = () => 1_000_000;
    const inbox = { again: async (receipt: string, at: number) => void moved.push([receipt, (at - now()) / 1000]) };
    const handler = sync(async () => Promise.reject(error), { inbox, log: silentLog, now });
    const { Records } = sqsEvent(fleet, cluster);
    for (const { attributes } of Records) attributes.ApproximateReceiveCount = String(times);
    await rejects(Promise.resolve(handler({ Records }, lambdaContext)), error);
    deepEqual(moved, [
      ['handle-1', seconds],
      ['handle-2', seconds],
    ]);
  });
}
