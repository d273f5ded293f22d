/** Story: back to what worked, hooks and all, and it stays there while everybody is told, until somebody lets Git win again. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../lib/core/event/event.ts';
import { chooseDestination } from '../../lib/flow/choose-destination.ts';
import { unholdApplication } from '../../lib/flow/hold-application.ts';
import { listHistory } from '../../lib/flow/list-history.ts';
import { readHealth } from '../../lib/flow/read-health.ts';
import { rollBack } from '../../lib/flow/roll-back.ts';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { hook } from '../support/example-hooks.ts';
import { deployment } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

const image = (house: TestHouse) =>
  house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[0].image}');
const uidOfHook = (house: TestHouse) => house.kubectl('get', 'job', 'migrate', '-o', 'jsonpath={.metadata.uid}');

/** No node is like this, and nobody waits long for one. */
const sick = () =>
  deployment({ image: 'nginx:bad' })
    .replace('spec:\n  replicas', 'spec:\n  progressDeadlineSeconds: 2\n  replicas')
    .replace('    spec:\n', '    spec:\n      nodeSelector: {kubernetes.io/hostname: nowhere}\n');

function told(events: readonly Event[]): string[] {
  return events.flatMap((event) => {
    if (event.type === 'hook.ended') return [`${event.phase} ${event.object.name} ${event.result}`];
    if (event.type === 'rollback.started') return [`rollback${event.automatic ? ' by itself' : ''}`];
    if (event.type === 'push.held') return [`held back ${event.revision.slice(0, 7)}`];
    return event.type === 'sync.finished' ? [`sync ${event.result}`] : [];
  });
}

async function storySince(house: TestHouse, from: number): Promise<string[]> {
  return told((await house.events()).slice(from));
}

test('roll-back: hooks run, it stays there, everybody is told, and it goes forward again when the hold ends', async (t) => {
  const house = await openHouse(t, plane);
  const first = await house.push({ 'web.yaml': deployment(), 'migrate.yaml': hook('PreSync', 'migrate') });
  await house.follow();
  await house.push({ 'web.yaml': deployment({ image: 'nginx:1.28' }) });
  await house.follow();
  const ran = await uidOfHook(house);

  const before = (await house.events()).length;
  const entry = await house.entry();
  const wish = { who: 'Bea', reason: 'too slow', until: null, confirmed: false, automatic: false };
  await rollBack(entry, await chooseDestination(entry, undefined, house.ports), wish, house.ports);
  await house.work();
  equal(await image(house), 'nginx:1.27');
  deepEqual(await storySince(house, before), ['rollback', 'PreSync migrate succeeded', 'sync succeeded']);
  equal((await uidOfHook(house)) === ran, false, 'the hook of then was made anew');

  const third = await house.push({ 'web.yaml': deployment({ image: 'nginx:1.29' }) });
  await house.follow();
  await house.kubectl('set', 'image', 'deployment/web', 'web=nginx:by-hand');
  await house.sweep();
  equal(await image(house), 'nginx:by-hand', 'a held Application is left alone, and what was found is told');
  deepEqual((await storySince(house, before)).slice(3), [`held back ${third.slice(0, 7)}`]);
  const summary = summarizeApplication(await house.entry());
  match(summary.hold?.reason ?? '', /^rolled back to [0-9a-f]{7} \(#1\): too slow$/);
  deepEqual([summary.hold?.who, summary.revision, summary.sync], ['Bea', first, 'OutOfSync']);
  equal((await readHealth('shop', house.ports)).hold?.who, 'Bea');
  const history = await listHistory({ application: 'shop', limit: 5 }, house.ports);
  deepEqual(
    history.map(({ id, revision }) => [id, revision === first]),
    [
      [3, true],
      [2, false],
      [1, true],
    ],
  );

  await unholdApplication('shop', { who: 'Bea' }, house.ports);
  await house.work();
  equal(await image(house), 'nginx:1.29');
  deepEqual([(await house.entry()).hold, (await house.entry()).state.sync], [null, 'Synced']);
});

test('roll-back: by itself from a push that ends Degraded, once, and the repair waits for a person', async (t) => {
  const house = await openHouse(t, plane, { application: { annotations: { 'trueup.dev/auto-rollback': 'true' } } });
  const good = await house.push({ 'web.yaml': deployment() });
  await house.follow();
  const before = (await house.events()).length;
  const bad = await house.push({ 'web.yaml': sick() });
  await house.follow();
  equal(await image(house), 'nginx:1.27');
  deepEqual(await storySince(house, before), ['sync failed', 'rollback by itself', 'sync succeeded']);
  const { hold, state } = await house.entry();
  deepEqual([hold?.who, hold?.rollback, state.synced?.revision], ['trueup', { from: bad, to: good }, good]);
  match(hold?.reason ?? '', /did not work out: shop is Degraded/);
  equal(state.health.status, 'Healthy');

  await house.push({ 'web.yaml': deployment({ image: 'nginx:1.28' }) });
  await house.follow();
  equal(await image(house), 'nginx:1.27');
  await unholdApplication('shop', { who: 'Bea' }, house.ports);
  await house.work();
  equal(await image(house), 'nginx:1.28');
});
