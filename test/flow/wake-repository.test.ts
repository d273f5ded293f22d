import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import { tick } from '../../lib/flow/tick.ts';
import { wakeRepository } from '../../lib/flow/wake-repository.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { gitDown, type MemoryHouse, memoryHouse } from './memory-house.ts';

const tree = { 'ConfigMap a': '1' };

async function syncedHouse(): Promise<MemoryHouse> {
  const house = await memoryHouse();
  house.push(tree);
  await house.follow();
  return house;
}
const wake = (house: MemoryHouse) => wakeRepository(house.repoURL, 'test', house.ports);

test('wake-repository wakes nobody while nothing moved', async () => {
  const house = await syncedHouse();
  const { wanted } = await house.entry();
  deepEqual(await wake(house), []);
  equal((await house.entry()).wanted, wanted);
});

test('wake-repository wakes the Applications it moved for, and says so before it sends the message', async () => {
  const house = await syncedHouse();
  house.push({ 'ConfigMap a': '2' });
  house.ports.queue.send = () => Promise.reject(new Error('the process died'));
  const { wanted } = await house.entry();
  await wake(house).catch(() => {});
  const woken = await house.entry();
  deepEqual([woken.wanted, woken.lookAt], [wanted + 1, house.clock.now], 'the tick finds what was not sent');
});

test('wake-repository asks once, however many read the repository and however they write it', async () => {
  const house = await syncedHouse();
  const source = { repoURL: 'git@git.example.com:team/shop', targetRevision: 'main', path: '.' };
  await house.ports.applications.put(exampleApplication({ name: 'web', source }), { cluster: 'prod', leaving: false });
  house.git.asked = 0;
  house.push({ 'ConfigMap a': '2' });
  deepEqual(await wake(house), ['shop', 'web']);
  equal(house.git.asked, 1);
});

test('wake-repository: an Application that writes the URL differently follows Git too', async () => {
  const house = await memoryHouse();
  const source = { repoURL: 'git@git.example.com:team/shop', targetRevision: 'main', path: '.' };
  await house.ports.applications.put(exampleApplication({ name: 'web', source }), { cluster: 'prod', leaving: false });
  house.push({ 'ConfigMap a': '1' });
  await house.ports.queue.send({ about: 'repository', repoURL: source.repoURL, why: 'push' });
  await house.work();
  house.push({ 'ConfigMap a': '2' });
  await house.follow();
  const shop = await house.entry();
  const web = await house.ports.applications.get('web');
  equal(shop.state.synced?.revision, (await house.ports.repositories.get(house.repoURL))?.heads.branches.main);
  equal(web?.state.failed?.revision ?? web?.state.synced?.revision, shop.state.synced?.revision);
});

for (const { it, fault, forgets } of [
  { it: 'that is down wakes all, and what is known of it stays', fault: gitDown, forgets: false },
  {
    it: 'that refuses wakes all, and nothing is known of it any more',
    fault: new Fault('git.repository_not_found', { repoURL: 'https://git.example.com/team/shop.git' }),
    forgets: true,
  },
]) {
  test(`wake-repository: a host ${it}`, async () => {
    const house = await syncedHouse();
    house.git.fault = fault;
    deepEqual(await wake(house), ['shop']);
    equal((await house.ports.repositories.get(house.repoURL)) === null, forgets);
  });
}

test('wake-repository: a repository that is gone is shown, and forgiven when it comes back', async () => {
  const house = await syncedHouse();
  house.git.fault = new Fault('git.repository_not_found', { repoURL: house.repoURL });
  await house.follow();
  equal((await house.entry()).state.condition?.code, 'git.repository_not_found');
  house.git.fault = null;
  await house.follow();
  const { condition, sync } = (await house.entry()).state;
  deepEqual([condition, sync], [null, 'Synced']);
});

test('tick asks about the fleet, each repository once, each cluster, and whatever is overdue', async () => {
  const house = await syncedHouse();
  const source = { repoURL: 'git@git.example.com:team/shop', targetRevision: 'main', path: '.' };
  await house.ports.applications.put(exampleApplication({ name: 'web', source }), { cluster: 'prod', leaving: false });
  await tick(house.ports);
  const received = await house.ports.queue.receive({ max: 10, now: house.clock.now, forMs: 0 });
  deepEqual(
    received.map(({ message }) => message),
    [
      { about: 'fleet', why: 'tick' },
      { about: 'repository', repoURL: source.repoURL, why: 'head check' },
      { about: 'cluster', name: 'prod', why: 'tick', kinds: ['v1/ConfigMap'], unmarkedKinds: [] },
      { about: 'application', name: 'web', why: 'overdue' },
    ],
  );
});
