/** Story: an object goes from one Application to another without being deleted, whichever of them is synced first. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { loadRecord } from '../../lib/flow/stored-json.ts';
import { syncApplication } from '../../lib/flow/sync-application.ts';
import { wakeRepository } from '../../lib/flow/wake-repository.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, service } from '../support/example-manifests.ts';
import { killedPorts } from '../support/killed-ports.ts';
import { type ApplicationOptions, openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();
const mostTurns = 10;

/** `shop` has the ConfigMap `moved` and others, `web` something else. */
async function opened(
  t: Parameters<typeof openHouse>[0],
  options: { web?: ApplicationOptions } = {},
): Promise<TestHouse> {
  const house = await openHouse(t, plane, { application: { path: 'shop' } });
  await house.push({
    'shop/moved.yaml': configMap('moved'),
    'shop/service.yaml': service,
    'shop/one.yaml': configMap('one'),
    'shop/two.yaml': configMap('two'),
    'web/own.yaml': configMap('own'),
  });
  await house.writeApplication('web', { path: 'web', ...options.web });
  await house.follow();
  return house;
}

const move = { 'shop/moved.yaml': null, 'web/moved.yaml': configMap('moved', 'w') };

const uid = (house: TestHouse, name = 'moved') =>
  house.kubectl('get', 'configmap', name, '--ignore-not-found', '-o', 'jsonpath={.metadata.uid}');
const owner = (house: TestHouse, name = 'moved') =>
  house.kubectl('get', 'configmap', name, '-o', 'jsonpath={.metadata.labels.trueup\\.dev/application}');
const value = (house: TestHouse) => house.kubectl('get', 'configmap', 'moved', '-o', 'jsonpath={.data.k}');

async function told(house: TestHouse, ...types: string[]): Promise<string[]> {
  const events = (await house.events()).filter(({ type }) => types.includes(type));
  return events.map((event) => {
    const to = 'to' in event ? ` to ${event.to}` : '';
    const from = 'from' in event ? ` from ${event.from}` : '';
    return `${event.application} ${event.type}${to}${from}`;
  });
}

/** In the record of which Applications it is. */
async function recordedBy(house: TestHouse, name: string): Promise<string[]> {
  const entries = await house.ports.applications.list();
  const has = await Promise.all(
    entries.map(async ({ state }) => {
      const { objects } = await loadRecord(state.record, house.ports);
      return `ConfigMap ${house.namespace}/${name}` in objects;
    }),
  );
  return entries.flatMap(({ application }, index) => (has[index] ? application.name : []));
}

for (const first of ['shop', 'web']) {
  test(`move-objects: when ${first} is synced first, the object lives on in the other Application`, async (t) => {
    const house = await opened(t);
    const before = await uid(house);
    await house.push(move);
    await wakeRepository(house.repoURL, 'test', house.ports);
    await syncApplication(first, house.ports);
    equal(await uid(house), before);
    await house.work();
    await house.sweep();
    equal(await uid(house), before);
    equal(await owner(house), 'web');
    equal(await value(house), 'w');
    deepEqual(await recordedBy(house, 'moved'), ['web']);
    deepEqual((await told(house, 'object.moved', 'object.adopted', 'object.pruned', 'drift.found')).toSorted(), [
      'shop object.moved to web',
      'web object.adopted from the Application shop',
    ]);
    for (const { state } of await house.ports.applications.list())
      deepEqual([state.sync, state.condition], ['Synced', null]);
  });
}

test('move-objects: two that exchange objects do not wait for each other', async (t) => {
  const house = await opened(t);
  const before = [await uid(house), await uid(house, 'own')];
  await house.push({ ...move, 'web/own.yaml': null, 'shop/own.yaml': configMap('own') });
  await house.follow();
  deepEqual([await uid(house), await uid(house, 'own')], before);
  deepEqual([await owner(house), await owner(house, 'own')], ['web', 'shop']);
  deepEqual(await told(house, 'object.pruned'), []);
});

test('move-objects: an Application that is renamed takes its objects along', async (t) => {
  const house = await openHouse(t, plane, { application: { path: 'shop', finalizer: true } });
  await house.push({ 'shop/moved.yaml': configMap('moved'), 'shop/one.yaml': configMap('one') });
  await house.follow();
  const before = [await uid(house), await uid(house, 'one')];
  await rm(join(house.fleet, 'shop.yaml'));
  await house.writeApplication('store', { path: 'shop', finalizer: true });
  await house.work();
  equal(await house.ports.applications.get('shop'), null);
  deepEqual([await uid(house), await uid(house, 'one')], before);
  deepEqual([await owner(house), await owner(house, 'one')], ['store', 'store']);
  deepEqual(await told(house, 'object.pruned'), []);
  equal((await house.entry('store')).state.sync, 'Synced');
});

test('move-objects: moved to two Applications, one of which is new, they live on as well', async (t) => {
  const house = await opened(t);
  const before = await uid(house);
  await house.push({ ...move, 'web/own.yaml': null, 'store/own.yaml': configMap('own') });
  await house.writeApplication('store', { path: 'store' });
  await house.follow();
  equal(await uid(house), before);
  deepEqual([await owner(house), await owner(house, 'own')], ['web', 'store']);
});

test('move-objects: where only a person syncs the other Application, the object waits for that sync', async (t) => {
  const house = await opened(t, { web: { automated: null } });
  await requestSync('web', { who: 'Ann' }, house.ports);
  await house.work();
  const before = await uid(house);
  await house.push(move);
  await house.follow();
  equal(await uid(house), before);
  equal((await house.entry()).state.sync, 'Synced', 'shop does not wait for a person');
  deepEqual(await recordedBy(house, 'moved'), ['shop']);
  await requestSync('web', { who: 'Ann' }, house.ports);
  await house.work();
  equal(await uid(house), before);
  deepEqual(await recordedBy(house, 'moved'), ['web']);
  deepEqual(await told(house, 'object.moved', 'object.pruned', 'drift.found'), ['shop object.moved to web']);
});

test('move-objects: what the other Application cannot render waits until it can', async (t) => {
  const house = await opened(t);
  const before = await uid(house);
  await house.push({ ...move, 'web/broken.yaml': 'a: [' });
  await house.follow();
  equal(await uid(house), before);
  await house.push({ 'web/broken.yaml': null });
  await house.follow();
  equal(await uid(house), before);
  equal(await owner(house), 'web');
  deepEqual(await told(house, 'object.pruned'), []);
});

test('move-objects: what both want stays with the one that has it, and both are named', async (t) => {
  const house = await opened(t);
  await house.push({ 'web/moved.yaml': configMap('moved', 'w') });
  await house.follow();
  const fault = (await house.entry('web')).state.condition;
  equal(fault?.code, 'sync.shared_object');
  match(fault?.message ?? '', /web.*shop/);
  equal(await value(house), 'v');
});

test('move-objects: who may not have the namespace neither takes the object nor keeps it from being pruned', async (t) => {
  const house = await opened(t);
  await writeFile(
    join(house.fleet, 'elsewhere.yaml'),
    `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: elsewhere}
spec: {sourceRepos: ['*'], destinations: [{name: prod, namespace: elsewhere}]}
`,
  );
  await house.writeApplication('web', { path: 'web', project: 'elsewhere' });
  await house.push(move);
  await house.follow();
  equal(await uid(house), '', 'pruned');
  deepEqual(await told(house, 'object.pruned', 'object.moved', 'object.adopted'), ['shop object.pruned']);
});

test('move-objects: what another installation has is never touched', async (t) => {
  const house = await opened(t);
  const theirs = await openHouse(t, plane, { application: { namespace: house.namespace } });
  await theirs.push({ 'moved.yaml': configMap('moved', 'theirs') });
  await theirs.follow();
  const fault = (await theirs.entry()).state.condition;
  equal(fault?.code, 'sync.other_installation');
  match(fault?.message ?? '', new RegExp(`moved.*installation ${house.namespace}`));
  equal(await value(house), 'v');
});

test('move-objects: cut off at any write, it lives on in one of them, and then in the other', async (t) => {
  const house = await opened(t);
  const before = await uid(house);
  // There and back again, cut off a little later each time.
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const [to, from] = turn % 2 === 0 ? ['web', 'shop'] : ['shop', 'web'];
    const first = turn % 4 < 2 ? to : from;
    await house.push({ [`${from}/moved.yaml`]: null, [`${to}/moved.yaml`]: configMap('moved', `m${turn}`) });
    await wakeRepository(house.repoURL, 'test', house.ports);
    const { ports, died } = killedPorts(house.ports, { at: 2 + turn, done: turn % 3 === 0 });
    const cut = `turn ${turn}, ${first} cut off at ${await Promise.race([died, syncApplication(first, ports).then(() => 'no write')])}`;
    equal(await uid(house), before, cut);
    await house.restart();
    await wakeRepository(house.repoURL, 'start', house.ports);
    for (const name of ['shop', 'web']) await house.ports.queue.send({ about: 'application', name, why: 'start' });
    await house.sweep();
    equal(await uid(house), before, cut);
    equal(await owner(house), to, cut);
    deepEqual(await recordedBy(house, 'moved'), [to], cut);
  }
  deepEqual(await told(house, 'object.pruned'), []);
});
