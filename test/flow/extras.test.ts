/** An object that says it belongs to an Application, and that nobody put into Git. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf } from '../../lib/core/plan/plan.ts';
import { findDrift } from '../../lib/flow/find-drift.ts';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

/** As a backup restores it. */
function restore({ cluster }: MemoryHouse, name: string, kind = 'ConfigMap', annotations = {}) {
  const id = `shop:/${kind}:shop/${name}`;
  const labels = { 'trueup.dev/application': 'shop', 'trueup.dev/installation': 'trueup' };
  const metadata = { name, namespace: 'shop', labels, annotations: { ...annotations, 'trueup.dev/tracking-id': id } };
  return cluster.apply({ apiVersion: 'v1', kind, metadata, data: { k: '1' } }, { dryRun: false });
}

const automated = (prune: boolean) => ({
  syncPolicy: {
    automated: { prune, selfHeal: true, allowEmpty: false },
    syncOptions: [],
    retry: { limit: 5, delayMs: 5000, factor: 2, maxDelayMs: 180_000 },
  },
});

async function syncedHouse({ prune = true } = {}): Promise<MemoryHouse> {
  const house = await memoryHouse(automated(prune));
  house.push({ 'ConfigMap a': '1', 'ConfigMap b': '1', 'PersistentVolumeClaim data': '1' });
  await house.follow();
  house.cluster.report('PersistentVolumeClaim shop/data', { phase: 'Bound' });
  await house.sweep();
  house.pass(10_000);
  await house.work();
  return house;
}
const stands = async (house: MemoryHouse) => {
  const { state } = await house.entry();
  return [state.sync, state.drifted];
};
const here = (house: MemoryHouse) => Object.keys(house.cluster.values());

test('extras: a sweep finds one, and the next sync prunes it', async () => {
  const house = await syncedHouse();
  await restore(house, 'old');
  await house.sweep();
  deepEqual(await stands(house), ['OutOfSync', ['ConfigMap shop/old']]);
  equal(here(house).includes('ConfigMap shop/old'), true, 'nothing is undone about it at once');
  deepEqual((await findDrift('shop', house.ports)).extras, [
    { object: { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'old' }, ignored: false },
  ]);
  house.push({ 'ConfigMap a': '2', 'ConfigMap b': '1', 'PersistentVolumeClaim data': '1' });
  await house.follow();
  equal(here(house).includes('ConfigMap shop/old'), false);
  deepEqual(await stands(house), ['Synced', []]);
});

test('extras: without prune it stays, and so does OutOfSync', async () => {
  const house = await syncedHouse({ prune: false });
  await restore(house, 'old');
  await house.sweep();
  house.push({ 'ConfigMap a': '2', 'ConfigMap b': '1', 'PersistentVolumeClaim data': '1' });
  await house.follow();
  equal(here(house).includes('ConfigMap shop/old'), true);
  deepEqual(await stands(house), ['OutOfSync', ['ConfigMap shop/old']]);
  house.cluster.drop('ConfigMap shop/old');
  await house.sweep();
  house.pass(3_600_001);
  await house.sweep();
  deepEqual(await stands(house), ['Synced', []], 'until it is gone');
});

test('extras: IgnoreExtraneous makes no difference of it', async () => {
  const house = await syncedHouse({ prune: false });
  await restore(house, 'old', 'ConfigMap', { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' });
  await house.sweep();
  deepEqual(await stands(house), ['Synced', []]);
  deepEqual(
    (await findDrift('shop', house.ports)).extras.map(({ ignored }) => ignored),
    [true],
  );
});

test('extras: what may hold data is pruned with a word of a person, and stops no sync meanwhile', async () => {
  const house = await syncedHouse();
  await restore(house, 'old', 'PersistentVolumeClaim');
  await house.sweep();
  const [skipped] = changesOf(await planApplication('shop', house.ports)).filter(({ key }) => key.name === 'old');
  // A plan is shown as if it were confirmed.
  equal(skipped?.action, 'delete');
  house.push({ 'ConfigMap a': '2', 'ConfigMap b': '1', 'PersistentVolumeClaim data': '1' });
  await house.follow();
  equal((await house.entry()).state.condition, null);
  equal(house.cluster.values()['ConfigMap shop/a'], '2', 'what is Git’s goes on');
  deepEqual(await stands(house), ['OutOfSync', ['PersistentVolumeClaim shop/old']]);
  await requestSync('shop', { who: 'ann', prune: true, confirmed: true }, house.ports);
  await house.work();
  equal(here(house).includes('PersistentVolumeClaim shop/old'), false);
});

test('extras: one more object makes the guard for the rest no weaker', async () => {
  const house = await memoryHouse(automated(true));
  house.push({ 'ConfigMap a': '1', 'ConfigMap b': '1' });
  await house.follow();
  await restore(house, 'old');
  await house.sweep();
  house.push({});
  await house.follow();
  match((await house.entry()).state.condition?.message ?? '', /that is everything it has/);
  deepEqual(here(house), ['ConfigMap shop/a', 'ConfigMap shop/b', 'ConfigMap shop/old']);
});

test('extras: what Git has from now on is adopted', async () => {
  const house = await syncedHouse();
  await restore(house, 'old');
  await house.sweep();
  house.push({ 'ConfigMap a': '1', 'ConfigMap b': '1', 'ConfigMap old': '2', 'PersistentVolumeClaim data': '1' });
  await house.follow();
  equal(house.cluster.values()['ConfigMap shop/old'], '2');
  deepEqual(await stands(house), ['Synced', []]);
});
