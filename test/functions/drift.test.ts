import { deepEqual, rejects } from 'node:assert/strict';
import test from 'node:test';
import { drift } from '../../functions/drift/drift.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { doorNow, doorPorts } from '../support/door-ports.ts';
import { lambdaContext, scheduledEvent } from './lambda-events.ts';

test('drift queues a look at the fleet, at each repository, at each cluster and at what is overdue', async () => {
  const ports = doorPorts();
  await ports.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  await ports.wakes.wake('shop', doorNow);
  await drift(async () => ports)(scheduledEvent, lambdaContext);
  const queued = await ports.queue.receive({ max: 9, now: doorNow, forMs: 1 });
  deepEqual(queued.map(({ message }) => message.about).toSorted(), ['application', 'cluster', 'fleet', 'repository']);
});

test('drift fails its invocation when the queue takes nothing, so that the schedule tries again and the alarm counts', async () => {
  const ports = doorPorts();
  const queue = { ...ports.queue, send: async () => Promise.reject(new Fault('queue.unavailable', { queue: 'q' })) };
  await rejects(drift(async () => ({ ...ports, queue }))(scheduledEvent, lambdaContext), { code: 'queue.unavailable' });
});
