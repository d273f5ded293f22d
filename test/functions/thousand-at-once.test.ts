/** One push moves a thousand Applications of one cluster: they take turns, and those who wait do not flood the queue. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import test from 'node:test';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Message } from '../../lib/ports/queue.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { memoryHouse } from '../flow/memory-house.ts';
import { silentLog } from '../support/silent-log.ts';
import { memorySqs } from './memory-sqs.ts';
import { virtualTime } from './virtual-time.ts';

const count = 1_000;
const slots = 10;
/** As in serverless.yml. */
const functions = 20;
/** One after the other they make a sync of about a second. */
const requestMs = 100;
const idealMs = (count / slots) * 1_000;

test('thousand-at-once: all are synced, never more at once than the cluster has slots, none waits for ever', async (t) => {
  const { ports, sqs, busy, time } = await openStory();
  const startedAt = time.now();
  await ports.queue.send({ about: 'repository', repoURL: exampleApplication().source.repoURL, why: 'push' });
  const batch = {
    handle: (message: Message) => handleMessage(message, ports),
    remaining: () => 300_000,
    log: silentLog,
  };
  const work = async () => {
    while (sqs.waiting().length > 0) {
      const restMs = Math.min(500, Math.max(50, (sqs.nextAt() ?? 0) - time.now()));
      if (!(await sqs.deliver(batch))) await time.sleep(restMs);
    }
  };
  await time.run(Promise.all(Array.from({ length: functions }, work)));

  const states = (await ports.applications.list()).map(({ state }) => state);
  equal(states.filter(({ sync }) => sync === 'Synced').length, count);
  equal(busy.most, slots);
  deepEqual(sqs.deadLetters, []);
  const lastMs = Math.max(...states.map(({ synced }) => synced?.at ?? 0)) - startedAt;
  const waits = sqs.sent.filter(({ body }) => body.includes('its cluster is busy')).length;
  t.diagnostic(
    `${lastMs / 1000} s with all slots busy ${idealMs / 1000} s, ${waits / count} messages for waiting each`,
  );
  ok(lastMs < 1.5 * idealMs, `the last one after ${lastMs} ms`);
  ok(waits < 8 * count, `${waits} messages for waiting`);
});

async function openStory() {
  const time = virtualTime(Date.UTC(2026, 4, 1, 12));
  const house = await memoryHouse();
  house.push({ 'ConfigMap a': '1' });
  const sqs = memorySqs(time.now);
  const busy = { now: 0, most: 0 };
  const { cluster } = house;
  const slowly = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    busy.now += 1;
    busy.most = Math.max(busy.most, busy.now);
    await time.sleep(requestMs);
    busy.now -= 1;
    return work();
  };
  const slowCluster: ReturnType<Ports['cluster']> = {
    ...cluster,
    read: (ref) => slowly(() => cluster.read(ref)),
    apply: (object, options) => slowly(() => cluster.apply(object, options)),
  };
  const over = { now: time.now, queue: sqs.queue, slotsOf: () => slots, cluster: () => slowCluster };
  const ports: Ports = { ...house.ports, ...over };
  await ports.applications.remove('shop');
  for (let at = 0; at < count; at += 1) {
    const application = exampleApplication({ name: `app-${at}`, destination: { name: 'prod', namespace: `n-${at}` } });
    await ports.applications.put(application, { cluster: 'prod', leaving: false });
  }
  return { ports, sqs, busy, time };
}
