/** Story: an Application that depends on another one is synced after it, never beside it, and leaves before it. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

/** `shop` reads `api/` and waits for `db`, which reads `db/`. */
async function openFleet(t: TestContext): Promise<TestHouse> {
  const annotations = { 'trueup.dev/depends-on': 'db' };
  const house = await openHouse(t, plane, { application: { path: 'api', finalizer: true, annotations } });
  await house.writeApplication('db', { path: 'db', finalizer: true });
  return house;
}

const api = (image?: string) => ({
  'api/web.yaml': deployment({ name: 'web', ...(image === undefined ? {} : { image }) }),
});
const db = (image?: string) => ({
  'db/db.yaml': deployment({ name: 'db', ...(image === undefined ? {} : { image }) }),
});

/** No node is like this, and nobody waits long for one. */
const unschedulable = () =>
  deployment({ name: 'db' })
    .replace('spec:\n  replicas', 'spec:\n  progressDeadlineSeconds: 2\n  replicas')
    .replace('    spec:\n', '    spec:\n      nodeSelector: {kubernetes.io/hostname: nowhere}\n');

async function story(house: TestHouse, from = 0): Promise<string[]> {
  return (await house.events()).slice(from).flatMap((event) => {
    if (event.type === 'sync.started') return [`${event.application} started`];
    return event.type === 'sync.finished' ? [`${event.application} ${event.result}`] : [];
  });
}

const inTurn = ['db started', 'db succeeded', 'shop started', 'shop succeeded'];

test('depends-on: what a push changes in both is there and Healthy in the one before the other begins', async (t) => {
  const house = await openFleet(t);
  await house.push({ ...api(), ...db() });
  await house.follow();
  deepEqual(await story(house), inTurn);

  const before = (await house.events()).length;
  const sha = await house.push({ ...api('nginx:1.28'), ...db('nginx:1.28') });
  await house.follow();
  deepEqual(await story(house, before), inTurn);
  equal((await house.entry()).state.synced?.revision, sha);

  const later = (await house.events()).length;
  await house.push(api('nginx:1.29'));
  await house.follow();
  deepEqual(
    await story(house, later),
    ['shop started', 'shop succeeded'],
    'a push of its own does not disturb the other',
  );
});

test('depends-on: one that does not become Healthy keeps the other back, and its repair lets it go', async (t) => {
  const house = await openFleet(t);
  await house.push({ ...api(), 'db/db.yaml': unschedulable() });
  await house.follow();
  deepEqual(await story(house), ['db started', 'db failed']);
  equal(await house.kubectl('get', 'deployment', 'web', '--ignore-not-found', '-o', 'name'), '');
  const { sync, blocked } = summarizeApplication(await house.entry());
  deepEqual([sync, blocked?.code], ['OutOfSync', 'sync.waits_for_others']);
  match(blocked?.because ?? '', /^shop waits for db \(is Degraded: /);

  await requestSync('shop', { who: 'Bea' }, house.ports);
  await house.work();
  deepEqual((await story(house)).at(-1), 'shop refused');

  const before = (await house.events()).length;
  await house.push(db());
  await house.follow();
  deepEqual(await story(house, before), inTurn);
});

test('depends-on: of two that leave, what depends on the other is gone first', async (t) => {
  const house = await openFleet(t);
  await house.push({ 'api/a.yaml': configMap('of-shop'), 'db/a.yaml': configMap('of-db') });
  await house.follow();
  const finalizers = (value: string) =>
    house.kubectl('patch', 'configmap', 'of-shop', '--type=merge', '-p', `{"metadata":{"finalizers":${value}}}`);
  await finalizers('["example.com/busy"]');
  for (const name of ['db', 'shop']) await rm(join(house.fleet, `${name}.yaml`));
  await syncFleet(house.ports);
  const gone = house.work();
  await sleep(3_000);
  equal(await house.kubectl('get', 'configmap', 'of-db', '-o', 'jsonpath={.data.k}'), 'v');
  const { because } = summarizeApplication(await house.entry('db')).blocked ?? { because: '' };
  equal(because, 'db is removed once shop are gone, which depend on it');
  await finalizers('null');
  await gone;
  deepEqual(await house.ports.applications.list(), []);
  equal(await house.kubectl('get', 'configmap', '-l', 'trueup.dev/application', '-o', 'name'), '');
});
