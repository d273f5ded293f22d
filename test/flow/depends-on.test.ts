/** `shop` depends on `db`; both read the same repository, and have one claim each that is not healthy before it is bound. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import type { Application } from '../../lib/core/application/application.ts';
import { dependenciesOf } from '../../lib/core/dependency/dependencies.ts';
import { initialRules } from '../../lib/core/fleet/initial-rules.ts';
import { holdApplication } from '../../lib/flow/hold-application.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

const depends = { annotations: { 'trueup.dev/depends-on': 'db' } };
const finalizers = ['resources-finalizer.argocd.argoproj.io'];

function database(given: Partial<Application> = {}): Application {
  return exampleApplication({ name: 'db', destination: { name: 'prod', namespace: 'db' }, ...given });
}

async function houseOf(...others: Application[]): Promise<MemoryHouse> {
  const house = await memoryHouse(depends);
  const { application } = await house.entry();
  await house.ports.fleetRules.put({ ...initialRules(), dependencies: dependenciesOf([application, ...others]) });
  for (const other of others) await house.ports.applications.put(other, { cluster: 'prod', leaving: false });
  return house;
}

async function add({ ports, work }: MemoryHouse, application: Application, leaving = false): Promise<void> {
  await ports.applications.put(application, { cluster: 'prod', leaving });
  await ports.queue.send({ about: 'application', name: application.name, why: 'fleet' });
  await work();
}

/** Its claim is bound, and it is looked at again. */
async function bind(house: MemoryHouse, namespace: string): Promise<void> {
  house.cluster.report(`PersistentVolumeClaim ${namespace}/a`, { phase: 'Bound' });
  house.pass(5_000);
  await house.work();
}

async function deployed(): Promise<MemoryHouse> {
  const house = await houseOf(database());
  house.push({ 'PersistentVolumeClaim a': '1' });
  await house.follow();
  await bind(house, 'db');
  await bind(house, 'shop');
  house.cluster.written.length = 0;
  return house;
}

/** What a person hears who asks for a sync. */
async function refusal({ ports, work }: MemoryHouse): Promise<string> {
  await requestSync('shop', { who: 'Bea' }, ports);
  await work();
  const events = await ports.events.list({ application: 'shop', limit: 5 });
  return (
    events.flatMap((event) =>
      event.type === 'sync.finished' && event.result === 'refused' ? [event.fault?.message ?? ''] : [],
    )[0] ?? ''
  );
}

async function standing(house: MemoryHouse) {
  const { operation, synced, condition, blocked } = (await house.entry()).state;
  return [operation?.phase ?? null, synced?.revision ?? null, condition?.code ?? null, blocked?.fault.message ?? null];
}

test('depends-on: a first sync waits until the other is synced and Healthy, and begins at that moment', async () => {
  const house = await houseOf(database());
  const sha = house.push({ 'PersistentVolumeClaim a': '1' });
  await house.follow();
  deepEqual(house.cluster.written, ['apply PersistentVolumeClaim db/a']);
  deepEqual(await standing(house), [null, null, 'sync.waits_for_others', 'shop waits for db (is being synced)']);
  equal((await house.entry()).state.blocked?.revision, sha);
  await bind(house, 'db');
  deepEqual(house.cluster.written, ['apply PersistentVolumeClaim db/a', 'apply PersistentVolumeClaim shop/a']);
  await bind(house, 'shop');
  deepEqual(await standing(house), [null, sha, null, null]);
});

test('depends-on: of a push that moved both, the other arrives first', async () => {
  const house = await deployed();
  const sha = house.push({ 'PersistentVolumeClaim a': '2' });
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'first in the queue' });
  await house.follow();
  equal(house.cluster.written[0], 'apply PersistentVolumeClaim db/a');
  await bind(house, 'db');
  await bind(house, 'shop');
  deepEqual(await standing(house), [null, sha, null, null]);
});

test('depends-on: one that is not in the fleet is named, and nothing polls for it', async () => {
  const house = await houseOf();
  house.push({ 'PersistentVolumeClaim a': '1' });
  await house.follow();
  deepEqual((await standing(house))[3], 'shop waits for db (is not in the fleet)');
  house.pass(60_000);
  equal(await house.work(), 0);
  await add(house, database());
  await bind(house, 'db');
  equal(house.cluster.written.at(-1), 'apply PersistentVolumeClaim shop/a');
});

test('depends-on: a person is told what it waits for', async () => {
  const house = await houseOf(database());
  house.push({ 'PersistentVolumeClaim a': '1' });
  await house.follow();
  match(await refusal(house), /^shop waits for db \(is being synced\)$/);
});

test('depends-on: one that degrades later stops nothing that runs, and keeps the next sync back', async () => {
  const house = await deployed();
  house.push({ 'PersistentVolumeClaim a': '2' });
  await house.follow();
  await bind(house, 'db');
  equal((await house.entry()).state.operation?.phase, 'settling');
  house.cluster.report('PersistentVolumeClaim db/a', { phase: 'Lost' });
  await house.sweep();
  await bind(house, 'shop');
  const { state } = await house.entry();
  deepEqual([state.operation, state.sync], [null, 'Synced']);
  match(await refusal(house), /^shop waits for db \(is Degraded/);
});

test('depends-on: a newer commit does not cut a sync short that it could not follow', async () => {
  const house = await deployed();
  const second = house.push({ 'PersistentVolumeClaim a': '2' });
  await house.follow();
  await bind(house, 'db');
  house.cluster.report('PersistentVolumeClaim shop/a', { phase: 'Pending' });
  house.push({ 'PersistentVolumeClaim a': '3' });
  await holdApplication('db', { who: 'Bea', reason: 'looking', until: null }, house.ports);
  await house.follow();
  await bind(house, 'shop');
  const { state } = await house.entry();
  deepEqual([state.operation, state.synced?.revision], [null, second]);
  match(state.blocked?.fault.message ?? '', /^shop waits for db \(is on hold and not synced at [0-9a-f]{7}\)$/);
});

test('depends-on: those that wait for each other are told so', async () => {
  const house = await houseOf(
    database({ annotations: { 'trueup.dev/depends-on': 'shop' }, origin: { file: 'db.yaml', line: 3 } }),
  );
  house.push({ 'ConfigMap a': '1' });
  await house.follow();
  deepEqual(house.cluster.written, []);
  const { condition } = (await house.entry()).state;
  deepEqual(
    [condition?.code, condition?.facts.cycle, condition?.facts.files],
    ['application.dependency_cycle', 'shop → db → shop', 'shop.yaml:1, db.yaml:3'],
  );
});

test('depends-on: what leaves goes after those that depend on it', async () => {
  const house = await deployed();
  house.cluster.held.add('PersistentVolumeClaim shop/a');
  await add(house, (await house.entry()).application, true);
  await add(house, database({ finalizers }), true);
  const waits = (await house.ports.applications.get('db'))?.state;
  deepEqual(
    [waits?.operation, waits?.blocked?.fault.message],
    [null, 'db is removed once shop are gone, which depend on it'],
  );
  house.cluster.held.clear();
  house.cluster.drop('PersistentVolumeClaim shop/a');
  house.pass(5_000);
  await house.work();
  deepEqual([await house.ports.applications.get('shop'), await house.ports.applications.get('db')], [null, null]);
  deepEqual(house.cluster.values(), {});
});

test('depends-on: what waits for each other still goes', async () => {
  const other = database({ annotations: { 'trueup.dev/depends-on': 'shop' }, finalizers });
  const house = await houseOf(other);
  await add(house, (await house.entry()).application, true);
  await add(house, other, true);
  deepEqual(await house.ports.applications.list(), []);
});
