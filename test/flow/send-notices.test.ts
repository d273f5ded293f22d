import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import { sendNotices } from '../../lib/flow/send-notices.ts';
import type { Announcer } from '../../lib/ports/announcer.ts';
import { exampleEvent } from '../contracts/example-event.ts';
import { type DoorPorts, doorNow, doorPorts } from '../support/door-ports.ts';

async function house(announcers: Record<string, Announcer['announce']>, events = 1) {
  const clock = { now: doorNow };
  const ports = doorPorts({
    now: () => clock.now,
    announcer: (channel) => ({ announce: announcers[channel] ?? (async () => {}) }),
  });
  const ids = Array.from({ length: events }, (_, index) => exampleEvent({ id: `event-${index}` }));
  await ports.events.append(ids.map((event) => ({ event, channels: Object.keys(announcers) })));
  return { ports, clock };
}

async function waiting(ports: DoorPorts, now: number) {
  return (await ports.queue.receive({ max: 10, now, forMs: 0 })).map(({ message }) => message.about);
}

test('send-notices tells each channel once', async () => {
  const told: string[] = [];
  const { ports } = await house({
    slack: async ({ id }) => void told.push(id),
    mail: async ({ id }) => void told.push(id),
  });
  equal(await sendNotices(ports), 2);
  equal(await sendNotices(ports), 0);
  deepEqual(told.toSorted(), ['event-0@mail', 'event-0@slack']);
});

test('send-notices: one dead channel holds up no other, and is tried again later', async () => {
  const told: string[] = [];
  let dead = true;
  const { ports, clock } = await house({
    slack: async ({ id, attempts }) => {
      if (dead) throw new Fault('notice.unreachable', { host: 'slack' });
      told.push(`${id} after ${attempts}`);
    },
    mail: async ({ id }) => void told.push(id),
  });
  await sendNotices(ports);
  deepEqual(told, ['event-0@mail']);
  dead = false;
  deepEqual(await waiting(ports, clock.now), []);
  clock.now += 2_000;
  deepEqual(await waiting(ports, clock.now), ['outbox']);
  await sendNotices(ports);
  deepEqual(told, ['event-0@mail', 'event-0@slack after 1']);
});

test('send-notices gives up what no waiting cures', async () => {
  const { ports, clock } = await house({
    slack: async () => Promise.reject(new Fault('notice.refused', { host: 'slack' })),
  });
  await sendNotices(ports);
  clock.now += 86_400_000;
  equal(await sendNotices(ports), 0);
});

test('send-notices goes on at once when there are more than it takes at a time', async () => {
  const { ports, clock } = await house({ slack: async () => {} }, 60);
  equal(await sendNotices(ports), 50);
  deepEqual(await waiting(ports, clock.now), ['outbox']);
  equal(await sendNotices(ports), 10);
});

test('send-notices never asks the queue for a longer delay than it has', async () => {
  const { ports, clock } = await house({
    slack: async () => Promise.reject(new Fault('notice.rate_limited', { host: 'slack', retryAfterMs: 7_200_000 })),
  });
  const delays: (number | undefined)[] = [];
  ports.queue.send = async (_, options) => void delays.push(options?.delayMs);
  await sendNotices(ports);
  deepEqual(delays, [900_000]);
  clock.now += 900_000;
  equal(await sendNotices(ports), 0, 'the channel said two hours');
});

test('send-notices: a slow channel is told nothing twice, though somebody else looks every minute', async () => {
  const told: string[] = [];
  const looks: Promise<number>[] = [];
  const { ports, clock } = await house(
    {
      slack: async ({ id }) => {
        told.push(id);
        clock.now += 3_000;
        await new Promise(setImmediate);
        if (clock.now - doorNow > 60_000 * (looks.length + 1)) looks.push(sendNotices(ports));
      },
    },
    50,
  );
  looks.push(sendNotices(ports));
  for (const look of looks) await look;
  for (; told.length < 50; clock.now += 60_000) await sendNotices(ports);
  deepEqual(told.length, new Set(told).size);
});
