/** Story: hooks run at their place in a sync, once each, and nothing of them keeps anything back. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Event } from '../../lib/core/event/event.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { requestTermination } from '../../lib/flow/request-termination.ts';
import { syncApplication } from '../../lib/flow/sync-application.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { hook, job } from '../support/example-hooks.ts';
import { configMap, deployment } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

const jobNames = async (house: TestHouse) =>
  (await house.kubectl('get', 'jobs', '-o', 'jsonpath={.items[*].metadata.name}'))
    .split(' ')
    .filter(Boolean)
    .toSorted();
const uidOf = (house: TestHouse, name: string) => house.kubectl('get', 'job', name, '-o', 'jsonpath={.metadata.uid}');
const told = (events: readonly Event[]) =>
  events.flatMap((event) => {
    if (event.type === 'hook.ended') return [`${event.phase} ${event.object.name} ${event.result}`];
    if (event.type === 'object.created') return [`created ${event.object.name}`];
    return event.type === 'sync.finished' ? [`sync ${event.result}`] : [];
  });

test('run-hooks: before, beside and behind the objects, in order, and again with the next change', async (t) => {
  const house = await openHouse(t, plane);
  const files = {
    'web.yaml': deployment({ replicas: 1 }),
    'settings.yaml': configMap(),
    'before.yaml': hook('PreSync', 'before'),
    'behind.yaml': hook('PostSync', 'behind'),
    'failed.yaml': hook('SyncFail', 'cleanup'),
  };
  await house.push(files);
  await house.follow();
  deepEqual(told(await house.events()), [
    'PreSync before succeeded',
    'created settings',
    'created web',
    'PostSync behind succeeded',
    'sync succeeded',
  ]);
  deepEqual(await jobNames(house), ['before', 'behind']);
  const first = await uidOf(house, 'before');
  const { state } = await house.entry();
  deepEqual([state.sync, state.health.status, state.condition], ['Synced', 'Healthy', null]);
  equal(
    await house.kubectl('get', 'jobs', '-o', 'jsonpath={.items[*].metadata.finalizers}'),
    '',
    'nothing is held back',
  );

  await house.push({ 'settings.yaml': configMap('settings', 'other') });
  await house.follow();
  ok((await uidOf(house, 'before')) !== first, 'BeforeHookCreation makes it anew');
  // Nothing to do: hooks are no reason for a sync of their own.
  const again = await uidOf(house, 'before');
  await house.push({ 'README.yaml': '# nothing\n' });
  await house.follow();
  equal(await uidOf(house, 'before'), again);
  // A person who asks gets them.
  await requestSync('shop', { who: 'Ann' }, house.ports);
  await house.work();
  ok((await uidOf(house, 'before')) !== again, 'a sync by hand runs them');
});

test('run-hooks: one that fails stops what comes later, and SyncFail runs', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({
    'settings.yaml': configMap(),
    'before.yaml': hook('PreSync', 'migrate', { fails: true }),
    'cleanup.yaml': hook('SyncFail', 'cleanup', {
      annotations: { 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded' },
    }),
  });
  await house.follow();
  deepEqual(told(await house.events()), ['PreSync migrate failed', 'SyncFail cleanup succeeded', 'sync failed']);
  equal(await house.kubectl('get', 'configmap', 'settings', '--ignore-not-found'), '');
  const { state } = await house.entry();
  equal(state.condition?.code, 'sync.hook_failed');
  match(state.condition?.message ?? '', /PreSync hook batch\/Job .*\/migrate failed: .*[Dd]eadline/);
});

test('run-hooks: one that is gone as soon as it has ended still has its outcome', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({
    'settings.yaml': configMap(),
    'before.yaml': hook('PreSync', 'gone', { spec: 'ttlSecondsAfterFinished: 0' }),
    'failing.yaml': hook('PostSync', 'broken', { fails: true, spec: 'ttlSecondsAfterFinished: 0' }),
  });
  await house.follow();
  deepEqual(told(await house.events()), [
    'PreSync gone succeeded',
    'created settings',
    'PostSync broken failed',
    'sync failed',
  ]);
  deepEqual(await jobNames(house), []);
});

test('run-hooks: one that a hand deletes while it runs has failed', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'settings.yaml': configMap(), 'before.yaml': hook('PreSync', 'slow', { hangs: true }) });
  await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
  const working = house.work();
  await untilJob(house, 'slow');
  await house.kubectl('delete', 'job', 'slow', '--wait=true');
  await working;
  const { state } = await house.entry();
  match(state.condition?.message ?? '', /slow failed: it was deleted while it ran/);
});

test('run-hooks: delete policies, generated names and Helm hooks of the first sync', async (t) => {
  const house = await openHouse(t, plane);
  const policy = (value: string) => ({ 'argocd.argoproj.io/hook-delete-policy': value });
  const helm = (value: string) => ({ 'helm.sh/hook': value });
  await house.push({
    'settings.yaml': configMap(),
    'a.yaml': hook('PreSync', 'goes', { annotations: policy('HookSucceeded') }),
    'b.yaml': hook('PreSync', 'stays', { annotations: policy('HookFailed') }),
    'c.yaml': hook('PostSync', 'named-', { generateName: true }),
    'd.yaml': job({ name: 'install', annotations: helm('pre-install') }),
    'e.yaml': job({ name: 'upgrade', annotations: helm('post-upgrade') }),
    'f.yaml': job({ name: 'test', annotations: helm('test') }),
    'g.yaml': hook('Skip', 'skipped'),
  });
  await house.follow();
  const names = await jobNames(house);
  deepEqual(
    names.map((name) => name.replace(/^named-[0-9a-f]{7}-postsync-\d+$/, 'named')),
    ['install', 'named', 'stays'],
  );
  await house.kubectl('delete', 'job', 'install');
  await house.push({ 'settings.yaml': configMap('settings', 'other') });
  await house.follow();
  const later = await jobNames(house);
  deepEqual([later.includes('install'), later.includes('upgrade')], [false, true]);
});

test('run-hooks: what stands in the place of a hook and is none is not deleted', async (t) => {
  const house = await openHouse(t, plane);
  await house.kubectl('create', 'job', 'migrate', '--image=busybox');
  const uid = await uidOf(house, 'migrate');
  await house.push({ 'settings.yaml': configMap(), 'before.yaml': hook('PreSync', 'migrate') });
  await house.follow();
  const { state } = await house.entry();
  equal(state.condition?.code, 'sync.hook_name_taken');
  match(state.condition?.message ?? '', /^before\.yaml:1: batch\/Job .*\/migrate is there already and is no hook/);
  equal(await uidOf(house, 'migrate'), uid);
});

test('run-hooks: with its Application its hooks run and go, before and after its objects', async (t) => {
  const house = await openHouse(t, plane, { application: { finalizer: true } });
  await house.push({
    'settings.yaml': configMap(),
    'sync.yaml': hook('PreSync', 'left-over'),
    'before.yaml': hook('PreDelete', 'save'),
    'behind.yaml': hook('PostDelete', 'report'),
  });
  await house.follow();
  deepEqual(await jobNames(house), ['left-over']);
  await rm(join(house.fleet, 'shop.yaml'));
  await syncFleet(house.ports);
  await house.work();
  const events = (await house.events()).flatMap((event) => {
    if (event.type === 'hook.ended') return [`${event.phase} ${event.object.name}`];
    return event.type === 'object.pruned' ? [`pruned ${event.object.name}`] : [];
  });
  deepEqual(events.slice(-4), ['PreDelete save', 'pruned left-over', 'pruned settings', 'PostDelete report']);
  equal(await house.ports.applications.get('shop'), null);
  deepEqual(await jobNames(house), []);
});

test('run-hooks: a sync is ended by hand, and its running hook with it', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'settings.yaml': configMap(), 'before.yaml': hook('PreSync', 'slow', { hangs: true }) });
  await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
  const working = house.work();
  await untilJob(house, 'slow');
  await requestTermination('shop', 'Ann', house.ports);
  await working;
  const { state } = await house.entry();
  deepEqual([state.operation, state.condition?.code, state.failed?.retryAt], [null, 'sync.terminated', null]);
  deepEqual(await jobNames(house), []);
  await syncApplication('shop', house.ports);
  equal((await house.entry()).state.operation, null, 'nobody starts it again by itself');
});

async function untilJob(house: TestHouse, name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await jobNames(house)).includes(name)) return;
  }
  throw new Error(`no Job ${name}`);
}
