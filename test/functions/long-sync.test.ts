/** A sync outlasts any function: many short runs, no delay beyond what SQS takes, the rest found by the minute's tick. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import test from 'node:test';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import { tick } from '../../lib/flow/tick.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Message } from '../../lib/ports/queue.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { exampleFleet } from '../flow/example-fleet.ts';
import { memoryHouse } from '../flow/memory-house.ts';
import { silentLog } from '../support/silent-log.ts';
import { memorySqs } from './memory-sqs.ts';

const minuteMs = 60_000;
const functionTimeoutMs = 300_000;
const application = exampleApplication({ annotations: { 'trueup.dev/sync-timeout': '1h' } });

test('a volume that is bound after forty minutes: the sync waits for it in hundreds of short runs, and succeeds', async () => {
  const { house, sqs, runs, follow, minutes } = await openStory();
  house.push({ 'PersistentVolumeClaim disk': '1' });
  await follow();
  await minutes(40);
  const { state } = await house.entry();
  deepEqual([state.operation?.phase, state.health.status], ['settling', 'Unknown']);
  house.cluster.report('PersistentVolumeClaim shop/disk', { phase: 'Bound' });
  await minutes(1);
  deepEqual(
    (await house.story()).filter((line) => line.startsWith('sync.')),
    ['sync.started', 'sync.finished succeeded'],
  );
  equal((await house.entry()).state.health.status, 'Healthy');
  ok(runs.length > 100 && Math.max(...runs) < functionTimeoutMs, `${runs.length} runs`);
  ok(sqs.sent.every(({ delayMs }) => delayMs <= 900_000));
  deepEqual(sqs.deadLetters, []);
});

test('a sync that takes longer than the Application allows is given up at that time', async () => {
  const { house, follow, minutes } = await openStory();
  house.push({ 'PersistentVolumeClaim disk': '1' });
  await follow();
  await minutes(59);
  equal((await house.entry()).state.operation?.phase, 'settling');
  await minutes(2);
  const { state } = await house.entry();
  deepEqual(
    [state.operation, state.condition?.code, state.condition?.facts.limitMs],
    [null, 'sync.timed_out', 3_600_000],
  );
});

test('a stage that takes longer than a lease is done bit by bit, each object once', async () => {
  const { house, runs, follow, minutes } = await openStory();
  const tree = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`ConfigMap c-${at}`, '1']));
  slowDown(house, 1_000);
  house.push(tree);
  await follow();
  await minutes(20);
  equal(Object.keys(house.cluster.values()).length, 600);
  equal(house.cluster.written.length, 600);
  deepEqual(
    (await house.story()).filter((line) => line.startsWith('sync.')),
    ['sync.started', 'sync.finished succeeded'],
  );
  ok(runs.length >= 3 && Math.max(...runs) < functionTimeoutMs, `runs of ${runs.join(', ')} ms`);
});

test('what is due after more than fifteen minutes is no message: the tick finds it', async () => {
  const { house, sqs, follow, minutes } = await openStory();
  house.push({ 'ConfigMap a': '1' });
  await follow();
  const hold = { who: 'ann', reason: 'a release', since: house.clock.now, until: house.clock.now + 120 * minuteMs };
  await house.ports.wakes.hold('shop', hold, house.clock.now);
  house.push({ 'ConfigMap a': '2' });
  await follow();
  deepEqual(sqs.waiting(), []);
  await minutes(119);
  deepEqual(house.cluster.values(), { 'ConfigMap shop/a': '1' });
  await minutes(2);
  deepEqual(house.cluster.values(), { 'ConfigMap shop/a': '2' });
  ok(sqs.sent.every(({ delayMs }) => delayMs <= 900_000));
});

test('a worker that dies in the middle is followed by another as soon as its lease is over', async () => {
  const { house, ports, sqs, batch, follow, minutes } = await openStory();
  house.push({ 'ConfigMap a': '1' });
  await follow();
  house.push({ 'ConfigMap a': '2' });
  await ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'push' });
  await house.ports.leases.take('shop', { holder: 'dead', now: house.clock.now, forMs: 300_000 });
  const { lookAt } = await house.entry();
  await sqs.deliver(batch);
  await minutes(7);
  deepEqual(house.cluster.values(), { 'ConfigMap shop/a': '2' });
  ok(lookAt !== null && lookAt <= house.clock.now);
});

async function openStory() {
  const house = await memoryHouse(application);
  const { clock } = house;
  const sqs = memorySqs(() => clock.now);
  const ports: Ports = { ...house.ports, queue: sqs.queue, fleet: exampleFleet([application]) };
  /** How long each run of the function took, in ms. */
  const runs: number[] = [];
  const batch = {
    async handle(message: Message) {
      const startedAt = clock.now;
      await handleMessage(message, ports);
      runs.push(clock.now - startedAt);
    },
    remaining: () => functionTimeoutMs,
    log: silentLog,
  };

  async function until(end: number): Promise<void> {
    for (let at = sqs.nextAt(); at !== null && at < end; at = sqs.nextAt()) {
      clock.now = Math.max(clock.now, at);
      await sqs.deliver(batch);
    }
    clock.now = Math.max(clock.now, end);
  }

  return {
    house,
    ports,
    sqs,
    runs,
    batch,
    /** The wake-up of a webhook, and a second. */
    async follow() {
      await ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'push' });
      await until(clock.now + 1_000);
    },
    async minutes(count: number) {
      for (let minute = 0; minute < count; minute += 1) {
        await tick(ports);
        await until(clock.now + minuteMs);
      }
    },
  };
}

/** One apply after the other, as on an API server that is at its limit. */
function slowDown({ cluster, clock }: Awaited<ReturnType<typeof memoryHouse>>, ms: number): void {
  const apply = cluster.apply.bind(cluster);
  cluster.apply = async (object, options) => {
    if (!options.dryRun) clock.now += ms;
    return apply(object, options);
  };
}
