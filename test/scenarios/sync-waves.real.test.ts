/** Story: a sync goes wave by wave, and a wave begins only when what came before is healthy. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../lib/core/event/event.ts';
import { readResourcePattern } from '../../lib/core/sync/selection.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, customResource, deployment, inWave } from '../support/example-manifests.ts';
import { openHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

const changed = (events: readonly Event[]) =>
  events.flatMap((event) => {
    if (!event.type.startsWith('object.') || !('object' in event)) return [];
    return [`${event.type.slice('object.'.length)} ${event.object.name}`];
  });
/** Its pods find no node, so it never gets ready. */
const stuck = 'nodeSelector: {nowhere: "true"}';

test('sync-waves: the next wave waits for the one before', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({
    'a.yaml': inWave(-1, configMap('first')),
    'b.yaml': deployment({ name: 'second', replicas: 1 }),
    'c.yaml': inWave(5, configMap('third')),
  });
  await house.follow();
  const events = await house.events();
  deepEqual(changed(events), ['created first', 'created second', 'created third']);
  const third = await house.kubectl('get', 'configmap', 'third', '-o', 'jsonpath={.metadata.creationTimestamp}');
  const ready = await house.kubectl(
    'get',
    'deployment',
    'second',
    '-o',
    'jsonpath={.status.conditions[?(@.type=="Available")].lastTransitionTime}',
  );
  ok(ready <= third, `ready at ${ready}, next wave at ${third}`);
});

test('sync-waves: what never gets healthy keeps the next wave from beginning, and the reason is said', async (t) => {
  const house = await openHouse(t, plane, { application: { annotations: { 'trueup.dev/sync-timeout': '10s' } } });
  await house.push({
    'b.yaml': deployment({ name: 'web', replicas: 1, more: `      ${stuck}\n` }),
    'c.yaml': inWave(1, configMap('later')),
  });
  await house.follow();
  equal(await house.kubectl('get', 'configmap', 'later', '--ignore-not-found'), '');
  const { state } = await house.entry();
  equal(state.condition?.code, 'sync.timed_out');
  match(state.condition?.message ?? '', /apps\/Deployment .*\/web is Progressing/);
  equal(state.sync, 'OutOfSync');

  // A second try does not pass by what the first one failed at.
  await requestSync('shop', { who: 'Ann' }, house.ports);
  await house.work();
  equal(await house.kubectl('get', 'configmap', 'later', '--ignore-not-found'), '');

  await house.push({ 'b.yaml': deployment({ name: 'web', replicas: 1 }) });
  await house.follow();
  equal(await house.kubectl('get', 'configmap', 'later', '-o', 'name'), 'configmap/later');
  equal((await house.entry()).state.sync, 'Synced');
});

test('sync-waves: a wave that takes longer than it may ends the sync, and is named with what it waited for', async (t) => {
  const house = await openHouse(t, plane, { application: { annotations: { 'trueup.dev/wave-timeout': '10s' } } });
  await house.push({
    'a.yaml': deployment({ name: 'web', replicas: 1, more: `      ${stuck}\n` }),
    'b.yaml': inWave(1, configMap('later')),
  });
  await house.follow();
  equal(await house.kubectl('get', 'configmap', 'later', '--ignore-not-found'), '');
  const { condition } = (await house.entry()).state;
  equal(condition?.code, 'sync.wave_timed_out');
  match(
    condition?.message ?? '',
    /^shop waited 10000 ms before wave 1 of Sync: apps\/Deployment .*\/web is Progressing/,
  );
});

test('sync-waves: a newer commit overtakes one that waits between waves', async (t) => {
  const house = await openHouse(t, plane);
  const files = (more: string) => ({
    'b.yaml': deployment({ name: 'web', replicas: 1, more }),
    'c.yaml': inWave(1, configMap('later')),
  });
  await house.push(files(`      ${stuck}\n`));
  await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
  const working = house.work();
  while (
    (await house.entry()).state.operation?.waitsFor === undefined ||
    (await house.entry()).state.operation?.waitsFor === ''
  )
    await new Promise((resolve) => setTimeout(resolve, 50));
  await house.push(files(''));
  await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
  await working;
  await house.work();
  const ends = (await house.events()).flatMap((event) =>
    event.type === 'sync.finished' ? [event.fault?.code ?? event.result] : [],
  );
  deepEqual(ends, ['sync.overtaken', 'succeeded']);
});

test('sync-waves: what left Git goes in mirrored waves, last what asks for it', async (t) => {
  const house = await openHouse(t, plane);
  const last = (text: string) =>
    text.replace('metadata: {', 'metadata: {annotations: {argocd.argoproj.io/sync-options: PruneLast=true}, ');
  await house.push({
    'a.yaml': inWave(-1, configMap('base')),
    'b.yaml': inWave(1, configMap('top')),
    'c.yaml': last(configMap('very-last')),
    'd.yaml': configMap('kept-1'),
    'e.yaml': configMap('kept-2'),
    'f.yaml': configMap('kept-3'),
  });
  await house.follow();
  const before = (await house.events()).length;
  await house.push({ 'a.yaml': null, 'b.yaml': null, 'c.yaml': null, 'g.yaml': inWave(3, configMap('new')) });
  await house.follow();
  deepEqual(changed((await house.events()).slice(before)), [
    'pruned top',
    'pruned base',
    'created new',
    'pruned very-last',
  ]);
});

test('sync-waves: a failure in one kind is the end of the sync, with what it began', async (t) => {
  const house = await openHouse(t, plane);
  // Admission refuses only what is really created: a quota does not count rehearsals.
  await house.kubectl('create', 'quota', 'few', '--hard=configmaps=2');
  await house.push({
    'a.yaml': configMap('a'),
    'b.yaml': configMap('b'),
    'c.yaml': configMap('c'),
    'd.yaml': deployment(),
  });
  await house.follow();
  const { state } = await house.entry();
  equal(state.condition?.code, 'apply.rejected');
  equal(await house.kubectl('get', 'deployment', 'web', '--ignore-not-found'), '');
});

test('sync-waves: a kind that comes later is waited for', async (t) => {
  const house = await openHouse(t, plane);
  const group = `${house.namespace}.example.com`;
  const [definition = '', resource = ''] = customResource(group).split('---\n');
  const awaited = resource.replace(
    'metadata: {',
    'metadata: {annotations: {argocd.argoproj.io/sync-options: SkipDryRunOnMissingResource=true}, ',
  );
  await house.push({ 'settings.yaml': configMap(), 'foo.yaml': awaited });
  await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
  const working = house.work();
  while ((await house.kubectl('get', 'configmap', 'settings', '--ignore-not-found', '-o', 'name')) === '');
  // As an operator does that is installed by an earlier wave.
  await house.kubectlApply(definition);
  await working;
  equal((await house.entry()).state.condition, null);
  equal(await house.kubectl('get', `foos.${group}`, 'first', '-o', 'jsonpath={.spec.a}'), 'b');
  await house.kubectl('delete', 'customresourcedefinition', `foos.${group}`, '--wait=false');
});

test('sync-waves: a selective sync is about its objects only, without hooks, and leaves the rest to be done', async (t) => {
  const house = await openHouse(t, plane, { application: { automated: null } });
  await house.push({ 'a.yaml': configMap('a'), 'b.yaml': configMap('b') });
  await house.follow();
  const only = { resources: [readResourcePattern(':ConfigMap:a')], labels: {} };
  await requestSync('shop', { who: 'Ann', only }, house.ports);
  await house.work();
  const names = () =>
    house.kubectl('get', 'configmaps', '-l', 'trueup.dev/application', '-o', 'jsonpath={.items[*].metadata.name}');
  equal(await names(), 'a');
  const { state } = await house.entry();
  deepEqual([state.sync, state.synced, state.operation], ['OutOfSync', null, null]);
  await requestSync('shop', { who: 'Ann' }, house.ports);
  await house.work();
  equal(await names(), 'a b');
  equal((await house.entry()).state.sync, 'Synced');
});
