/** Messages twice, hours late, in any order, from another version, garbage or poisoned: the end is that of the orderly run. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { writeBody } from '../../lib/adapters/sqs/message-body.ts';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import { tick } from '../../lib/flow/tick.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Message } from '../../lib/ports/queue.ts';
import { exampleFleet } from '../flow/example-fleet.ts';
import { type MemoryHouse, memoryHouse, type Tree } from '../flow/memory-house.ts';
import { memorySqs } from './memory-sqs.ts';

/** Enough that what leaves is never most of it, which would be for a person to confirm. */
const kept = { 'ConfigMap c': '1', 'ConfigMap d': '1', 'ConfigMap e': '1', 'ConfigMap f': '1' };
const trees: readonly Tree[] = [
  { ...kept, 'ConfigMap a': '1', 'Role r': '1' },
  { ...kept, 'ConfigMap a': '2', 'ConfigMap b': '1' },
  { ...kept, 'Secret s': '1', 'ConfigMap b': '2' },
  { ...kept, 'ConfigMap a': '1' },
];
const poison = writeBody({ about: 'cluster', name: 'cursed', why: 'test' });
const newer = JSON.stringify({ v: 2, about: 'application', name: 'shop', how: 'differently' });

/** `pick`s choose among what is there, whatever its number. */
const happening = fc.oneof(
  fc.record({ it: fc.constant('push' as const), tree: fc.nat(trees.length - 1) }),
  fc.record({ it: fc.constant('edit' as const), value: fc.constantFrom('x', 'y') }),
  fc.record({ it: fc.constant('deliver' as const), pick: fc.nat(), workers: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ it: fc.constant('deliver' as const), pick: fc.nat(), workers: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ it: fc.constant('double' as const), pick: fc.nat(), delayMs: fc.constantFrom(0, 30_000, 3 * 3_600_000) }),
  fc.record({ it: fc.constant('pass' as const), ms: fc.constantFrom(500, 15_000, 120_000, 6 * 3_600_000) }),
  fc.record({ it: fc.constant('tick' as const) }),
  fc.record({
    it: fc.constant('put' as const),
    body: fc.constantFrom(poison, newer, 'garbage', '{"some":"thing else"}'),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

test('any-order: whatever a queue does to the messages, the cluster is what Git says and dead letters are explained', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
      const { house, sqs, given, play, calm } = await openStory();
      for (const one of happenings) await play(one);
      await calm();
      const orderly = await openStory();
      for (const one of happenings.filter(({ it }) => it === 'push')) {
        await orderly.play(one);
        await orderly.calm();
      }
      deepEqual(house.cluster.values(), orderly.house.cluster.values());
      deepEqual(await endOf(house), await endOf(orderly.house));
      const ids = (await house.ports.events.list({ limit: 10_000 })).map(({ id }) => id);
      equal(new Set(ids).size, ids.length);
      for (const { body, messageId } of sqs.deadLetters) {
        ok([poison, newer].includes(body), body);
        ok(given.up.has(messageId), `${messageId} died without a word`);
      }
      const dead = sqs.sent.filter(({ body }) => body === poison || body === newer);
      equal(sqs.deadLetters.length, dead.length);
      deepEqual(sqs.waiting(), []);
      equal(orderly.sqs.deadLetters.length, 0);
    }),
    { numRuns: 40 },
  );
});

async function endOf(house: MemoryHouse) {
  const { state, suspects, request } = await house.entry();
  const { sync, synced, operation, failed, condition, drifted } = state;
  return { sync, revision: synced?.revision, operation, failed, condition, drifted, suspects, request };
}

async function openStory() {
  const house = await memoryHouse();
  const { clock } = house;
  const sqs = memorySqs(() => clock.now);
  const given = { up: new Set<unknown>() };
  const log: Log = {
    info: () => {},
    warn: () => {},
    error: (name, facts) => void (name === 'message.given_up' && given.up.add(facts?.messageId)),
  };
  const ports: Ports = {
    ...house.ports,
    log,
    queue: sqs.queue,
    fleet: exampleFleet(),
  };
  const batch = {
    async handle(message: Message) {
      if (message.about === 'cluster' && message.name === 'cursed') throw new TypeError('a bug');
      await handleMessage(message, ports);
    },
    remaining: () => 300_000,
    log,
  };
  const { repoURL } = house;

  async function play(one: Happening): Promise<void> {
    switch (one.it) {
      case 'push':
        house.push(trees[one.tree] ?? {});
        return ports.queue.send({ about: 'repository', repoURL, why: 'push' });
      case 'edit':
        if ('ConfigMap shop/a' in house.cluster.values()) house.cluster.edit('ConfigMap shop/a', one.value);
        return ports.queue.send({ about: 'cluster', name: 'prod', why: 'audit' });
      case 'deliver':
        await Promise.all(
          Array.from({ length: one.workers }, () => sqs.deliver(batch, (visible) => one.pick % Math.max(1, visible))),
        );
        return;
      case 'double':
        if (sqs.sent.length > 0) sqs.put(sqs.sent[one.pick % sqs.sent.length]?.body ?? '', { delayMs: one.delayMs });
        return;
      case 'pass':
        return house.pass(one.ms);
      case 'tick':
        return tick(ports);
      case 'put':
        return sqs.put(one.body);
    }
  }

  /** Nothing more happens from outside: minutes go by, each with its tick, until nobody has anything left to do. */
  async function calm(): Promise<void> {
    for (let minute = 0; minute < 12; minute += 1) {
      await tick(ports);
      const end = clock.now + 60_000;
      for (let at = sqs.nextAt(); at !== null && at < end; at = sqs.nextAt()) {
        clock.now = Math.max(clock.now, at);
        await sqs.deliver(batch);
      }
      clock.now = end;
    }
    // What was sent hours late is still to come.
    for (let at = sqs.nextAt(); at !== null; at = sqs.nextAt()) {
      clock.now = Math.max(clock.now, at);
      await sqs.deliver(batch);
    }
  }

  await play({ it: 'push', tree: 0 });
  await calm();
  return { house, sqs, given, play, calm };
}
