import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import type { Application } from '../../lib/core/application/application.ts';
import { changesOf } from '../../lib/core/plan/plan.ts';
import { chooseDestination } from '../../lib/flow/choose-destination.ts';
import { describeSync } from '../../lib/flow/describe-sync.ts';
import { unholdApplication } from '../../lib/flow/hold-application.ts';
import { listHistory } from '../../lib/flow/list-history.ts';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { rollBack } from '../../lib/flow/roll-back.ts';
import { gitDown, type MemoryHouse, memoryHouse } from './memory-house.ts';

const claim = 'PersistentVolumeClaim shop/a';
const wish = { who: 'Bea', reason: 'too slow', until: null, confirmed: false, automatic: false };

async function goBack(house: MemoryHouse, to?: string, given: Partial<typeof wish> = {}) {
  const entry = await house.entry();
  await rollBack(entry, await chooseDestination(entry, to, house.ports), { ...wish, ...given }, house.ports);
  await house.work();
}

async function deployed(...values: string[]): Promise<MemoryHouse> {
  const house = await memoryHouse();
  for (const value of values) {
    house.push({ 'ConfigMap a': value });
    await house.follow();
    house.pass(1_000);
  }
  return house;
}

/** The Application as somebody else wrote it. */
async function rewrite(house: MemoryHouse, change: (application: Application) => Application) {
  const { application, cluster } = await house.entry();
  await house.ports.applications.put(change(application), { cluster, leaving: false });
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'fleet' });
  await house.work();
}

const value = (house: MemoryHouse) => house.cluster.values()['ConfigMap shop/a'];
const ids = async (house: MemoryHouse) =>
  (await listHistory({ application: 'shop', limit: 50 }, house.ports)).map(({ id }) => id);

test('roll-back: goes to what was healthy before, holds there while auto-sync is on, and says so of later pushes', async () => {
  const house = await deployed('1', '2');
  await goBack(house);
  equal(value(house), '1');
  const { hold, state } = await house.entry();
  match(hold?.reason ?? '', /^rolled back to [0-9a-f]{7} \(#1\): too slow$/);
  deepEqual([hold?.who, hold?.until, state.sync], ['Bea', null, 'OutOfSync']);
  const third = house.push({ 'ConfigMap a': '3' });
  await house.follow();
  await house.follow();
  equal(value(house), '1');
  const held = (await house.ports.events.list({ limit: 99 })).filter((event) => event.type === 'push.held');
  deepEqual(
    held.map((event) => event.type === 'push.held' && [event.revision, event.by]),
    [[third, 'Bea']],
  );
  await unholdApplication('shop', { who: 'Bea' }, house.ports);
  await house.work();
  equal(value(house), '3');
});

test('roll-back: by its id it goes to any entry of the history, and is one itself', async () => {
  const house = await deployed('1', '2', '3');
  await goBack(house, '1');
  equal(value(house), '1');
  deepEqual(await ids(house), [4, 3, 2, 1]);
  await goBack(house, '3');
  equal(value(house), '3');
});

test('roll-back: the source parameters of then come back, too (Argo CD keeps those of now)', async () => {
  const house = await deployed('1');
  await rewrite(house, (application) => ({
    ...application,
    source: { ...application.source, helm: { values: 'new-' } },
  }));
  equal(value(house), 'new-1');
  await goBack(house);
  equal(value(house), '1');
  equal((await house.entry()).state.sync, 'OutOfSync');
  deepEqual((await describeSync('shop', '2', house.ports)).source?.helm, { values: 'new-' });
  equal((await describeSync('shop', '3', house.ports)).source?.helm, undefined);
});

test('roll-back: without the parameters of then it takes those of now', async () => {
  const house = await deployed('1');
  await rewrite(house, (application) => ({
    ...application,
    source: { ...application.source, helm: { values: 'new-' } },
  }));
  house.ports.blobs.get = async () => null;
  deepEqual((await chooseDestination(await house.entry(), '1', house.ports)).source, null);
});

test('roll-back: its plan is the way back, and changes nothing', async () => {
  const house = await deployed('1', '2');
  house.cluster.written.length = 0;
  const to = await chooseDestination(await house.entry(), undefined, house.ports);
  const plan = await planApplication('shop', house.ports, to);
  deepEqual(
    changesOf(plan).map((change) => change.action === 'update' && change.diff),
    [[{ path: 'data.k', from: '2', to: '1' }]],
  );
  deepEqual([house.cluster.written, (await house.entry()).hold], [[], null]);
});

test('roll-back: it goes back while the Git host is down', async () => {
  const house = await deployed('1', '2');
  const { commit, hashes } = house.ports.gitHost(house.repoURL);
  house.ports.gitHost = () => ({ commit, hashes, heads: () => Promise.reject(gitDown), files: async () => new Map() });
  await house.ports.repositories.forget(house.repoURL);
  await goBack(house);
  equal(value(house), '1');
});

test('roll-back: the hold ends by itself, and then Git wins', async () => {
  const house = await deployed('1', '2');
  await goBack(house, undefined, { until: house.clock.now + 60_000 } as object);
  equal(value(house), '1');
  house.pass(61_000);
  await house.work();
  deepEqual([value(house), (await house.entry()).hold], ['2', null]);
});

for (const { it, to, code } of [
  { it: 'an id that the history does not have', to: '7', code: 'sync.not_in_history' },
  { it: 'no id, and nothing healthy before', to: undefined, code: 'sync.no_history' },
]) {
  test(`roll-back: ${it} is a fault that says what there is, and nothing is held`, async () => {
    const house = await deployed('1');
    await rejects(chooseDestination(await house.entry(), to, house.ports), { code });
    equal((await house.entry()).hold, null);
  });
}

test('roll-back: a revision that never ran here is taken by its SHA, with the parameters of now', async () => {
  const house = await deployed('1');
  const second = house.push({ 'ConfigMap a': '2' });
  house.push({ 'ConfigMap a': '3' });
  await house.follow();
  await goBack(house, second);
  equal(value(house), '2');
});

test('roll-back: after a sync that stopped half-way, the last revision is what to go back to', async () => {
  const house = await memoryHouse();
  house.push({ 'ConfigMap a': '1', 'Role b': '1' });
  await house.follow();
  const role = 'rbac.authorization.k8s.io/Role shop/b';
  house.cluster.rejects.add(role);
  house.push({ 'ConfigMap a': '2', 'Role b': '2' });
  await house.follow();
  house.cluster.rejects.clear();
  equal(value(house), '2');
  await goBack(house);
  deepEqual(house.cluster.values(), { 'ConfigMap shop/a': '1', [role]: '1' });
});

test('roll-back: a heal of hand edits is in the history, without an id', async () => {
  const house = await deployed('1');
  house.cluster.edit('ConfigMap shop/a', 'evil');
  await house.sweep();
  const [heal, sync] = await listHistory({ application: 'shop', limit: 9 }, house.ports);
  deepEqual([heal?.kind, heal?.id, heal?.why, sync?.kind], ['heal', null, 'changed by hand: kubectl-edit', 'full']);
});

/** A healthy revision, and then one whose claim is lost. */
async function degraded(policy: string | null): Promise<MemoryHouse> {
  const house = await memoryHouse(policy === null ? {} : { annotations: { 'trueup.dev/auto-rollback': policy } });
  house.push({ 'PersistentVolumeClaim a': '1' });
  await house.follow();
  await becomes(house, 'Bound');
  house.push({ 'PersistentVolumeClaim a': '2' });
  await house.follow();
  await becomes(house, 'Lost');
  return house;
}

async function becomes(house: MemoryHouse, phase: 'Bound' | 'Lost') {
  house.cluster.report(claim, { phase });
  for (let looked = 0; looked < 3; looked += 1) {
    house.pass(6_000);
    await house.work();
  }
}

const told = async (house: MemoryHouse) =>
  (await house.story()).filter((line) => /^(sync\.finished|rollback|hold)/.test(line));

test('roll-back: by policy it goes back from a push that ends Degraded, and holds there', async () => {
  const house = await degraded('true');
  deepEqual((await told(house)).toSorted(), [
    'hold.set',
    'rollback.started by itself',
    'sync.finished failed',
    'sync.finished succeeded',
  ]);
  equal(house.cluster.values()[claim], '1');
  const { hold } = await house.entry();
  equal(hold?.who, 'trueup');
  match(hold?.reason ?? '', /^rolled back to [0-9a-f]{7} \(#1\): [0-9a-f]{7} did not work out: shop is Degraded/);
  await becomes(house, 'Bound');
  equal((await told(house)).at(-1), 'sync.finished succeeded');
});

test('roll-back: without the policy it stays Degraded', async () => {
  const house = await degraded(null);
  deepEqual(await told(house), ['sync.finished succeeded', 'sync.finished failed']);
  equal((await house.entry()).hold, null);
});

test('roll-back: by policy, one that ends Degraded as well stays, and says so', async () => {
  const house = await degraded('true');
  await becomes(house, 'Lost');
  await becomes(house, 'Lost');
  equal((await told(house)).filter((line) => line.startsWith('rollback')).length, 1);
  const [last] = await listHistory({ application: 'shop', limit: 1 }, house.ports);
  deepEqual([last?.result, last?.health, last?.id], ['failed', 'Degraded', 3]);
  match(last?.fault?.hint ?? '', /This was a rollback: it stays as it is, on hold/);
});

test('roll-back: by policy it waits as long as it was told, and not at all when the Application gets well', async () => {
  const house = await degraded('5m');
  deepEqual(
    (await told(house)).filter((line) => line.startsWith('rollback')),
    [],
  );
  await becomes(house, 'Bound');
  house.pass(600_000);
  await house.work();
  deepEqual(
    (await told(house)).filter((line) => line.startsWith('rollback')),
    [],
  );
  equal((await house.entry()).state.rollback, null);
});

test('roll-back: by policy it goes back when that time is over', async () => {
  const house = await degraded('5m');
  house.pass(300_000);
  await house.work();
  equal(house.cluster.values()[claim], '1');
});

test('roll-back: by policy it stays where nothing was ever healthy, and says so once', async () => {
  const house = await memoryHouse({ annotations: { 'trueup.dev/auto-rollback': 'true' } });
  house.push({ 'PersistentVolumeClaim a': '1' });
  await house.follow();
  await becomes(house, 'Lost');
  await becomes(house, 'Lost');
  deepEqual(await told(house), ['sync.finished failed', 'rollback.impossible']);
  equal((await house.entry()).hold, null);
});

for (const call of ['hold', 'request'] as const) {
  test(`roll-back: by policy, killed before its ${call} is set, it goes back once and tells of it once`, async () => {
    const house = await degraded('5m');
    const { wakes } = house.ports;
    house.ports.wakes = { ...wakes, [call]: () => Promise.reject(new Error('the process died')) };
    house.pass(300_000);
    await rejects(house.work(), /died/);
    house.ports.wakes = wakes;
    house.pass(400_000);
    await house.work();
    equal(house.cluster.values()[claim], '1');
    const story = await house.story();
    equal(story.filter((line) => line.startsWith('rollback')).length, 1);
    equal((await house.entry()).hold?.who, 'trueup');
  });
}

test('roll-back: what is older than revisionHistoryLimit is told and cannot be gone back to', async () => {
  const house = await memoryHouse({ historyLimit: 2 });
  for (const each of ['1', '2', '3']) {
    house.push({ 'ConfigMap a': each });
    await house.follow();
    house.pass(1_000);
  }
  const history = await listHistory({ application: 'shop', limit: 50, keep: 2 }, house.ports);
  deepEqual(
    history.map(({ id }) => id),
    [3, 2, null],
  );
  const entry = await house.entry();
  await rejects(chooseDestination(entry, '1', house.ports), {
    code: 'sync.not_in_history',
    message: /has no entry 1/,
  });
  equal((await chooseDestination(entry, undefined, house.ports)).entry, 2);
});
