import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { holdApplication, unholdApplication } from '../../lib/flow/hold-application.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { gitDown, type MemoryHouse, memoryHouse } from './memory-house.ts';

const tree = { 'ConfigMap a': '1', 'ConfigMap c': '1', 'Role b': '1' };
const a = 'ConfigMap shop/a';
const b = 'rbac.authorization.k8s.io/Role shop/b';
const c = 'ConfigMap shop/c';

async function syncedHouse(given: Parameters<typeof memoryHouse>[0] = {}): Promise<MemoryHouse> {
  const house = await memoryHouse(given);
  house.push(tree);
  await house.follow();
  await house.sweep();
  return house;
}

const reporting = {
  syncPolicy: {
    automated: { prune: true, selfHeal: false, allowEmpty: false },
    syncOptions: [],
    retry: { limit: 5, delayMs: 5000, factor: 2, maxDelayMs: 180_000 },
  },
};
const drifts = async (house: MemoryHouse) => (await house.story()).filter((line) => line.startsWith('drift'));

test('inspect-suspects: a hand edit is undone at once, by whom is recorded, and then it is quiet', async () => {
  const house = await syncedHouse();
  house.cluster.edit(a, 'evil');
  house.cluster.drop(b);
  await house.ports.wakes.suspect('shop', [a, b], house.clock.now);
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'drift' });
  await house.work();
  deepEqual(house.cluster.values(), { [a]: '1', [b]: '1', [c]: '1' });
  const events = (await house.ports.events.list({ limit: 10 })).filter(({ type }) => type === 'drift.found');
  deepEqual(new Set(events.map(({ who }) => who)), new Set(['kubectl-edit', 'somebody']));
  await house.sweep();
  equal((await drifts(house)).length, 2);
  equal((await house.entry()).state.sync, 'Synced');
});

test('inspect-suspects: a hand edit is undone while Git is down', async () => {
  const house = await syncedHouse();
  house.git.fault = gitDown;
  house.cluster.edit(a, 'evil');
  await house.sweep();
  equal(house.cluster.values()[a], '1');
});

test('inspect-suspects: on hold a hand edit is told once and stays, and Git wins when the hold ends', async () => {
  const house = await syncedHouse();
  await holdApplication('shop', { who: 'Bea', reason: 'looking', until: null }, house.ports);
  house.cluster.edit(a, 'evil');
  await house.sweep();
  await house.sweep();
  deepEqual(await drifts(house), ['drift.found held']);
  deepEqual([house.cluster.values()[a], (await house.entry()).state.sync], ['evil', 'OutOfSync']);
  await unholdApplication('shop', { who: 'Bea' }, house.ports);
  await house.work();
  equal(house.cluster.values()[a], '1');
});

test('inspect-suspects: a hold that ends by its time ends by itself, and Git wins', async () => {
  const house = await syncedHouse();
  await holdApplication('shop', { who: 'Bea', reason: 'looking', until: house.clock.now + 60_000 }, house.ports);
  house.cluster.edit(a, 'evil');
  await house.sweep();
  house.pass(59_999);
  await house.work();
  equal(house.cluster.values()[a], 'evil');
  house.pass(1);
  await house.work();
  deepEqual([house.cluster.values()[a], (await house.entry()).hold], ['1', null]);
});

test('inspect-suspects: when one object cannot be healed, the others of the same drift are', async () => {
  const house = await syncedHouse();
  house.cluster.edit(a, 'evil');
  house.cluster.edit(b, 'evil');
  house.cluster.rejects.add(a);
  await house.sweep();
  house.pass(10_000);
  await house.work();
  house.cluster.rejects.clear();
  for (let look = 0; look < 10; look += 1) {
    house.pass(200_000);
    await house.work();
  }
  deepEqual(house.cluster.values(), { [a]: '1', [b]: '1', [c]: '1' });
});

test('inspect-suspects: a heal whose worker died is gone on with, also long after its time', async () => {
  const house = await syncedHouse();
  house.cluster.edit(a, 'evil');
  const { apply } = house.cluster;
  house.cluster.apply = async (object, options) => {
    if (!options.dryRun) throw new Error('the worker is dead');
    return apply.call(house.cluster, object, options);
  };
  await house.sweep().catch(() => {});
  house.cluster.apply = apply;
  equal(house.cluster.values()[a], 'evil');
  house.pass(600_000);
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'overdue' });
  await house.work();
  house.pass(10_000);
  await house.work();
  equal(house.cluster.values()[a], '1');
});

test('inspect-suspects: a push does not wait for the backoff of a heal', async () => {
  const house = await syncedHouse();
  for (let edit = 0; edit < 5; edit += 1) {
    house.cluster.edit(a, `evil ${edit}`);
    await house.sweep();
  }
  equal(house.cluster.values()[a], 'evil 4', 'the fourth and later ones wait');
  house.push({ ...tree, 'ConfigMap c': '2' });
  await house.follow();
  equal(house.cluster.values()[c], '2');
});

test('inspect-suspects: who insists is undone less and less often, then named, and the next push starts afresh', async () => {
  const house = await syncedHouse();
  let told: string[] = [];
  for (let edit = 0; edit < 40 && told.at(-1) !== 'drift.fighting'; edit += 1) {
    house.cluster.edit(a, `evil ${edit}`);
    await house.sweep();
    house.pass(20_000);
    await house.work();
    told = await drifts(house);
  }
  deepEqual(told, [...Array<string>(8).fill('drift.found reverted'), 'drift.fighting']);
  equal((await house.entry()).state.sync, 'OutOfSync');
  house.push({ ...tree, 'ConfigMap c': '2' });
  await house.follow();
  deepEqual(house.cluster.values(), { [a]: '1', [b]: '1', [c]: '2' }, 'a sync undoes also what was given up');
  house.cluster.edit(a, 'evil again');
  await house.sweep();
  equal(house.cluster.values()[a], '1');
});

test('inspect-suspects: reported drift is shown until it is gone, whatever else is looked at', async () => {
  const house = await syncedHouse(reporting);
  house.cluster.edit(a, 'evil');
  await house.sweep();
  deepEqual(await drifts(house), ['drift.found reported']);
  await house.ports.wakes.suspect('shop', [c], house.clock.now);
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'drift' });
  await house.work();
  equal((await house.entry()).state.sync, 'OutOfSync');
  house.cluster.edit(a, '1');
  await house.sweep();
  equal((await house.entry()).state.sync, 'Synced');
});

test('inspect-suspects: what was only reported is undone by the sync that a person asks for', async () => {
  const house = await syncedHouse(reporting);
  house.cluster.edit(a, 'evil');
  house.cluster.drop(c);
  await house.ports.wakes.suspect('shop', [a, c], house.clock.now);
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'drift' });
  await house.work();
  deepEqual(house.cluster.values(), { [a]: 'evil', [b]: '1' });
  await requestSync('shop', { who: 'Bea' }, house.ports);
  await house.work();
  deepEqual(house.cluster.values(), { [a]: '1', [b]: '1', [c]: '1' });
  deepEqual((await house.entry()).state.drifted, []);
});
