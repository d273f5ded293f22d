/** Story: one push moves a thousand Applications while the API server turns every burst away; all are synced within the cluster's budget. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectCluster } from '../../lib/adapters/kubernetes/connect-cluster.ts';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { memoryHouse } from '../flow/memory-house.ts';
import { memorySqs } from '../functions/memory-sqs.ts';
import { busyApiServer } from './busy-api-server.ts';

const count = 1_000;
const slots = 10;
/** As in serverless.yml. */
const functions = 20;
const tree = { 'ConfigMap a': '1', 'ConfigMap b': '1', 'ConfigMap c': '1' };

test('thousand-at-once on an API server that turns bursts away', { timeout: 230_000 }, async (t) => {
  const server = await busyApiServer(t, { atOnce: 20 });
  const house = await memoryHouse();
  house.push(tree);
  const sqs = memorySqs(Date.now);
  const failures: unknown[] = [];
  const log: Log = { info: () => {}, warn: () => {}, error: (...line) => void failures.push(line) };
  const busy = { now: 0, most: 0 };
  const shared: Ports = {
    ...house.ports,
    now: Date.now,
    queue: sqs.queue,
    slotsOf: () => slots,
    leases: countLeases(house.ports.leases, busy),
    log,
  };
  await shared.applications.remove('shop');
  for (let at = 0; at < count; at += 1) {
    const application = exampleApplication({ name: `app-${at}`, destination: { name: 'prod', namespace: `n-${at}` } });
    await shared.applications.put(application, { cluster: 'prod', leaving: false });
  }

  const startedAt = Date.now();
  await shared.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'push' });
  const work = async (_: unknown, number: number) => {
    // Each function has its own connection.
    const access = { origin: server.url, prefix: '', tls: {}, headers: {} };
    const cluster = connectCluster({
      name: 'prod',
      access: { current: async () => access, renew: () => {} },
      userAgent: `trueup/test-${number}`,
    });
    const ports = { ...shared, cluster: () => cluster };
    const batch = {
      handle: (message: Parameters<typeof handleMessage>[0]) => handleMessage(message, ports),
      remaining: () => 300_000,
      log,
    };
    while (sqs.waiting().length > 0) if (!(await sqs.deliver(batch))) await sleep(50);
    await cluster.close();
  };
  await Promise.all(Array.from({ length: functions }, work));

  const states = (await shared.applications.list()).map(({ state }) => state);
  deepEqual(
    states.filter(({ sync }) => sync !== 'Synced').map(({ name, condition }) => [name, condition]),
    [],
  );
  equal(server.objects.size, 3 * count);
  equal(busy.most, slots);
  ok(server.seen.turnedAway > 100, 'the API server was too busy at times');
  equal(server.seen.impatient, 0, 'Retry-After is waited for');
  deepEqual([failures, sqs.deadLetters], [[], []]);
  const { requests, most, turnedAway } = server.seen;
  const waits = sqs.sent.filter(({ body }) => body.includes('its cluster is busy')).length;
  t.diagnostic(
    `${(Date.now() - startedAt) / 1000} s, ${requests} requests, ${turnedAway} turned away, at most ${most} at once, ${sqs.sent.length} messages, ${waits} of them for waiting`,
  );
});

/** How many Applications are worked on at one moment. */
function countLeases(leases: Ports['leases'], busy: { now: number; most: number }): Ports['leases'] {
  return {
    ...leases,
    async take(name, options) {
      const lease = await leases.take(name, options);
      if (lease !== null) busy.now += 1;
      busy.most = Math.max(busy.most, busy.now);
      return lease;
    },
    async release(lease, seen) {
      const released = await leases.release(lease, seen);
      if (released) busy.now -= 1;
      return released;
    },
  };
}
