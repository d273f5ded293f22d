import { deepEqual, equal, fail, match } from 'node:assert/strict';
import { test } from 'node:test';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { killedPorts } from '../support/killed-ports.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

const a = 'ConfigMap shop/a';

async function deployed(syncOptions: string[]): Promise<MemoryHouse> {
  const { syncPolicy } = exampleApplication();
  const house = await memoryHouse({ syncPolicy: { ...syncPolicy, syncOptions } });
  house.push({ 'ConfigMap a': '1', 'ConfigMap b': '1' });
  await house.follow();
  house.cluster.fixed.add(a);
  house.cluster.written.length = 0;
  return house;
}

test('recreate: without Force nothing is touched, and the fault says old, new and what to write', async () => {
  const house = await deployed([]);
  house.push({ 'ConfigMap a': '2', 'ConfigMap b': '2' });
  await house.follow();
  deepEqual(house.cluster.written, []);
  const { condition } = (await house.entry()).state;
  equal(condition?.code, 'apply.immutable_field');
  match(condition?.message ?? '', /^ConfigMap a\.yaml:1: .*data\.k is "1" in the cluster and "2" in Git$/);
  match(condition?.hint ?? '', /ConfigMap a\.yaml.*argocd\.argoproj\.io\/sync-options: Force=true/);
});

test('recreate: with Force it is deleted and made anew, told once, and everything else is only applied', async () => {
  const house = await deployed(['Force=true']);
  house.push({ 'ConfigMap a': '2', 'ConfigMap b': '2' });
  await house.follow();
  deepEqual(house.cluster.values(), { [a]: '2', 'ConfigMap shop/b': '2' });
  equal(house.cluster.written.filter((line) => line === `remove ${a}`).length, 1);
  equal(house.cluster.written.includes('remove ConfigMap shop/b'), false);
  equal((await house.story()).filter((line) => line === 'object.recreated').length, 1);
});

test('recreate: what can be changed is not made anew, whoever asks', async () => {
  const house = await deployed(['Force=true']);
  house.push({ 'ConfigMap a': '1', 'ConfigMap b': '2' });
  await house.follow();
  deepEqual(house.cluster.written, ['apply ConfigMap shop/b']);
});

test('recreate: what could not be created is not deleted either', async () => {
  const house = await deployed(['Force=true']);
  house.cluster.rejects.add(a);
  house.push({ 'ConfigMap a': '2', 'ConfigMap b': '1' });
  await house.follow();
  deepEqual(house.cluster.written, []);
  equal((await house.entry()).state.condition?.code, 'apply.rejected');
});

test('recreate: a finalizer that holds the old one is named while the sync waits, and then it goes on', async () => {
  const house = await deployed(['Force=true']);
  house.cluster.held.add(a);
  house.push({ 'ConfigMap a': '2', 'ConfigMap b': '1' });
  await house.follow();
  const waiting = await house.entry();
  equal(waiting.state.condition?.code, 'apply.held_back');
  match(waiting.state.condition?.hint ?? '', /example\.com\/held/);
  house.cluster.held.clear();
  house.cluster.drop(a);
  house.pass(5_000);
  await house.work();
  deepEqual(house.cluster.values(), { [a]: '2', 'ConfigMap shop/b': '1' });
  equal((await house.entry()).state.condition, null);
});

test('recreate: a finalizer that never lets go ends the sync in time, and is named', async () => {
  const house = await deployed(['Force=true']);
  house.cluster.held.add(a);
  house.push({ 'ConfigMap a': '2', 'ConfigMap b': '1' });
  await house.follow();
  house.pass(600_000);
  await house.follow();
  const { condition } = (await house.entry()).state;
  equal(condition?.code, 'sync.timed_out');
  match(condition?.message ?? '', /still being deleted/);
});

for (const done of [false, true]) {
  test(`recreate: killed right ${done ? 'after' : 'before'} any write it ends the same, and is told once`, async () => {
    for (let at = 1; at < 60; at += 1) {
      const house = await deployed(['Force=true']);
      house.push({ 'ConfigMap a': '2', 'ConfigMap b': '2' });
      const { ports, died } = killedPorts(house.ports, { at, done });
      const name = await Promise.race([died, followOnce(house, ports).then(() => null)]);
      house.pass(400_000);
      await house.ports.wakes.wake('shop', house.clock.now);
      await house.ports.queue.send({ about: 'application', name: 'shop', why: 'start' });
      await house.follow();
      deepEqual(house.cluster.values(), { [a]: '2', 'ConfigMap shop/b': '2' }, `write ${at}: ${name}`);
      equal((await house.story()).filter((line) => line === 'object.recreated').length, 1, `write ${at}: ${name}`);
      if (name === null) return;
    }
    fail('it never got through');
  });
}

async function followOnce({ repoURL }: MemoryHouse, ports: Ports): Promise<void> {
  await handleMessage({ about: 'repository', repoURL, why: 'push' }, ports);
  await handleMessage({ about: 'application', name: 'shop', why: 'push' }, ports);
}
