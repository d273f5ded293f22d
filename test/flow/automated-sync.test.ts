/** The rules of Argo CD's automated sync, each with what Trueup does. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { historyOf } from '../../lib/core/history/history-entry.ts';
import { requestSync, type SyncWish } from '../../lib/flow/request-sync.ts';
import { wakeRepository } from '../../lib/flow/wake-repository.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { gitDown, type MemoryHouse, memoryHouse } from './memory-house.ts';

const a = 'ConfigMap shop/a';
const claim = 'PersistentVolumeClaim shop/a';
const only = { resources: [{ group: '', kind: 'ConfigMap', namespace: null, name: 'a', exclude: false }], labels: {} };

async function deployed(tree: Record<string, string> = { 'ConfigMap a': '1' }): Promise<MemoryHouse> {
  const house = await memoryHouse();
  house.push(tree);
  await house.follow();
  return house;
}

async function ask(house: MemoryHouse, wish: Partial<SyncWish> = {}): Promise<void> {
  await requestSync('shop', { who: 'Bea', ...wish }, house.ports);
  await house.work();
}

const count = async (house: MemoryHouse, line: string) => (await house.story()).filter((each) => each === line).length;

test('automated-sync: a revision that failed is tried again with backoff, and works once its cause is gone (Argo CD never does)', async () => {
  const house = await deployed();
  house.cluster.rejects.add(a);
  const sha = house.push({ 'ConfigMap a': '2' });
  await house.follow();
  const waits: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const { failed } = (await house.entry()).state;
    waits.push((failed?.retryAt ?? 0) - house.clock.now);
    house.pass(waits.at(-1) ?? 0);
    await house.work();
  }
  deepEqual(waits, [5_000, 10_000, 20_000]);
  equal(await count(house, 'sync.finished failed'), 1, 'what fails the same way again is told once');
  house.cluster.rejects.clear();
  house.pass(40_000);
  await house.work();
  deepEqual((await house.entry()).state.synced?.revision, sha);
  deepEqual(house.cluster.values(), { [a]: '2' });
});

test('automated-sync: tries of what only a person can mend end at the limit, and a newer commit is taken at once', async () => {
  const house = await memoryHouse({
    syncPolicy: {
      ...exampleApplication().syncPolicy,
      retry: { limit: 2, delayMs: 5_000, factor: 2, maxDelayMs: 180_000 },
    },
  });
  house.cluster.rejects.add(a);
  house.push({ 'ConfigMap a': '1' });
  await house.follow();
  for (const ms of [5_000, 10_000]) {
    house.pass(ms);
    await house.work();
  }
  const { failed } = (await house.entry()).state;
  deepEqual([failed?.attempts, failed?.retryAt], [3, null]);
  house.pass(3_600_000);
  await house.follow();
  equal((await house.entry()).state.failed?.attempts, 3);
  house.push({ 'ConfigMap b': '1' });
  await house.follow();
  deepEqual(house.cluster.values(), { 'ConfigMap shop/b': '1' });
});

for (const { it, wish } of [
  { it: 'a failed sync of a person', wish: {} },
  { it: 'a failed sync of single objects', wish: { only } },
]) {
  test(`automated-sync: ${it} keeps no push back (in Argo CD it does)`, async () => {
    const house = await deployed();
    house.cluster.edit(a, 'by hand');
    house.cluster.rejects.add(a);
    await house.ports.wakes.suspect('shop', ['*'], house.clock.now);
    await ask(house, wish);
    house.cluster.rejects.clear();
    const sha = house.push({ 'ConfigMap a': '2' });
    await house.follow();
    deepEqual([(await house.entry()).state.synced?.revision, house.cluster.values()], [sha, { [a]: '2' }]);
  });
}

test('automated-sync: a newer commit overtakes a sync of a person that waits (in Argo CD it waits for its end)', async () => {
  const house = await memoryHouse();
  house.push({ 'PersistentVolumeClaim a': '1' });
  await ask(house);
  const { operation } = (await house.entry()).state;
  deepEqual([operation?.reason, operation?.phase], ['request', 'settling']);
  const sha = house.push({ 'PersistentVolumeClaim a': '1', 'ConfigMap a': '2' });
  await house.follow();
  equal((await house.entry()).state.operation?.revision, sha);
  equal(house.cluster.values()[a], '2');
});

test('automated-sync: a sync of a revision that a person named ends first, and then Git is followed', async () => {
  const house = await memoryHouse();
  const first = house.push({ 'PersistentVolumeClaim a': '1' });
  await ask(house, { revision: first });
  house.push({ 'PersistentVolumeClaim a': '1', 'ConfigMap a': '2' });
  await house.follow();
  deepEqual([(await house.entry()).state.operation?.revision, house.cluster.values()[a]], [first, undefined]);
  house.cluster.report(claim, { phase: 'Bound' });
  house.pass(5_000);
  await house.work();
  equal(house.cluster.values()[a], '2');
});

test('automated-sync: with pruning off nothing is begun in the cluster for what only left Git, and it stays ours', async () => {
  const house = await memoryHouse({
    syncPolicy: {
      ...exampleApplication().syncPolicy,
      automated: { prune: false, selfHeal: true, allowEmpty: false },
    },
  });
  house.push({ 'ConfigMap a': '1', 'ConfigMap b': '1' });
  await house.follow();
  const writes = house.cluster.written.length;
  house.push({ 'ConfigMap a': '1' });
  await house.follow();
  equal(house.cluster.written.length, writes);
  deepEqual(Object.keys(house.cluster.values()), [a, 'ConfigMap shop/b']);
  await ask(house, { prune: true });
  deepEqual(Object.keys(house.cluster.values()), [a], 'a person who asks for it still prunes it');
});

test('automated-sync: self-heal writes the drifted object only, runs no hook and is no entry to go back to', async () => {
  const house = await deployed({ 'ConfigMap a': '1', 'ConfigMap b': '1' });
  await house.sweep();
  house.cluster.written.length = 0;
  house.cluster.edit(a, 'evil');
  await house.sweep();
  deepEqual(house.cluster.written, [`apply ${a}`]);
  const history = historyOf(await house.ports.events.list({ application: 'shop', limit: 99 }));
  deepEqual(
    history.map(({ kind, id }) => [kind, id]),
    [
      ['heal', null],
      ['full', 1],
    ],
  );
});

/** The host says that the branch moved, and nothing more. */
async function fallSilent(house: MemoryHouse): Promise<string> {
  const sha = house.push({ 'ConfigMap a': '2' });
  await wakeRepository(house.repoURL, 'push', house.ports);
  house.git.fault = gitDown;
  await house.work();
  return sha;
}

async function passIn(house: MemoryHouse, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 10) {
    house.pass(10_000);
    await house.work();
  }
}

test('automated-sync: a Git host that is away for less than three minutes changes no status, and nobody is told', async () => {
  const house = await deployed();
  const sha = await fallSilent(house);
  await passIn(house, 170);
  const { state } = await house.entry();
  deepEqual([state.sync, state.condition?.code], ['Synced', 'git.unreachable']);
  equal(await count(house, 'application.invalid'), 0);
  house.git.fault = null;
  await passIn(house, 10);
  const after = (await house.entry()).state;
  deepEqual([after.synced?.revision, after.condition, after.unreadSince], [sha, null, null]);
});

test('automated-sync: after that it is Unknown, told once, and nothing is begun before the host is back', async () => {
  const house = await deployed();
  const sha = await fallSilent(house);
  await passIn(house, 300);
  deepEqual([(await house.entry()).state.sync, house.cluster.values()], ['Unknown', { [a]: '1' }]);
  equal(await count(house, 'application.invalid'), 1);
  house.git.fault = null;
  await passIn(house, 10);
  deepEqual([(await house.entry()).state.synced?.revision, house.cluster.values()], [sha, { [a]: '2' }]);
});

test('automated-sync: what is remembered of a repository still counts while its host is away', async () => {
  const house = await deployed();
  house.git.fault = gitDown;
  await house.follow();
  await passIn(house, 600);
  deepEqual([(await house.entry()).state.sync, (await house.entry()).state.condition], ['Synced', null]);
});
