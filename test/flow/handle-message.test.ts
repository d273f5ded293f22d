import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { gitDown, memoryHouse } from './memory-house.ts';

const tree = { 'ConfigMap a': '1' };

test('handle-message: wake-ups during an outage do not add up to ever more looks', async () => {
  const house = await memoryHouse();
  house.push(tree);
  await house.follow();
  house.git.fault = gitDown;
  await house.ports.repositories.forget(house.repoURL);
  const handled: number[] = [];
  for (let minute = 0; minute < 5; minute += 1) {
    await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'head check' });
    let looks = 0;
    for (let second = 0; second < 60; second += 1) {
      looks += await house.work();
      house.pass(1_000);
    }
    handled.push(looks);
  }
  equal(new Set(handled.slice(1)).size, 1, `messages a minute: ${handled.join(', ')}`);
  house.git.fault = null;
  house.push({ 'ConfigMap a': '2' });
  await house.follow();
  deepEqual(house.cluster.values(), { 'ConfigMap shop/a': '2' });
});

test('handle-message: a message that comes late, twice or for nobody does nothing', async () => {
  const house = await memoryHouse();
  house.push(tree);
  await house.follow();
  const before = await house.entry();
  house.cluster.written.length = 0;
  for (const name of ['shop', 'shop', 'nobody'])
    await house.ports.queue.send({ about: 'application', name, why: 'again' });
  await house.work();
  deepEqual(await house.entry(), before);
  deepEqual(house.cluster.written, []);
});

test('handle-message: who waits for a busy cluster waits once, however often the tick finds it overdue', async () => {
  const house = await memoryHouse();
  house.push(tree);
  await house.follow();
  const { ports } = house;
  for (let number = 0; number < 10; number += 1) {
    await ports.slots.take('prod', { of: 10, holder: 'another', now: house.clock.now, forMs: 900_000 });
  }
  house.push({ 'ConfigMap a': '2' });
  await house.follow();
  const asked: number[] = [];
  const { take } = ports.slots;
  let tries = 0;
  ports.slots.take = (cluster, options) => {
    if (cluster === 'prod') tries += 1;
    return take(cluster, options);
  };
  for (let minute = 0; minute < 15; minute += 1) {
    tries = 0;
    for (const name of await ports.wakes.overdue(ports.now(), 10)) {
      await ports.queue.send({ about: 'application', name, why: 'overdue' });
    }
    for (let second = 0; second < 60; second += 1) {
      await house.work();
      house.pass(1_000);
    }
    asked.push(tries);
  }
  ok(Math.max(...asked.slice(2)) <= 5, `tries a minute: ${asked.join(', ')}`);
  ok(Math.min(...asked.slice(2)) >= 1, `tries a minute: ${asked.join(', ')}`);
  house.pass(60_000);
  await house.work();
  deepEqual(house.cluster.values(), { 'ConfigMap shop/a': '2' });
});
