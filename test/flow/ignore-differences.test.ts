/** What is ignored, and what cannot be told apart from it, through a whole sync and a whole sweep. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import type { IgnoreDifference } from '../../lib/core/application/application.ts';
import { noCustomizations } from '../../lib/core/customization/no-customizations.ts';
import { initialRules } from '../../lib/core/fleet/initial-rules.ts';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { memoryHouse } from './memory-house.ts';

const a = 'ConfigMap shop/a';
const b = 'ConfigMap shop/b';
const tree = { 'ConfigMap a': '1', 'ConfigMap b': '1' };

const rule = (given: Partial<IgnoreDifference>): IgnoreDifference => ({
  group: '',
  kind: 'ConfigMap',
  name: 'a',
  jsonPointers: [],
  jqPathExpressions: [],
  managedFieldsManagers: [],
  ...given,
});

async function syncedHouse(ignoreDifferences: IgnoreDifference[], ...syncOptions: string[]) {
  const { syncPolicy } = exampleApplication();
  const house = await memoryHouse({ ignoreDifferences, syncPolicy: { ...syncPolicy, syncOptions } });
  house.push(tree);
  await house.follow();
  return house;
}

const rules = [
  { it: 'a JSON pointer', ignored: rule({ jsonPointers: ['/data/k'] }) },
  { it: 'jq', ignored: rule({ jqPathExpressions: ['.data | .k'] }) },
  { it: 'a manager', ignored: rule({ managedFieldsManagers: ['kubectl-edit'] }) },
];

for (const { it, ignored } of rules) {
  test(`ignore-differences: what ${it} names is no drift`, async () => {
    const house = await syncedHouse([ignored]);
    house.cluster.edit(a, 'mine');
    house.cluster.edit(b, 'evil');
    await house.sweep();
    deepEqual(house.cluster.values(), { [a]: 'mine', [b]: '1' });
    equal((await house.entry()).state.sync, 'Synced');
  });

  test(`ignore-differences: a sync writes over what ${it} names, as in Argo CD`, async () => {
    const house = await syncedHouse([ignored]);
    house.cluster.edit(a, 'mine');
    house.push({ ...tree, 'ConfigMap a': '2' });
    await house.follow();
    equal(house.cluster.values()[a], '2');
  });

  test(`ignore-differences: with RespectIgnoreDifferences a sync leaves what ${it} names`, async () => {
    const house = await syncedHouse([ignored], 'RespectIgnoreDifferences=true');
    equal(house.cluster.values()[a], '1', 'it is set when the object is made');
    house.cluster.edit(a, 'mine');
    house.push({ ...tree, 'ConfigMap a': '2', 'ConfigMap b': '2' });
    await house.follow();
    deepEqual(house.cluster.values(), { [a]: 'mine', [b]: '2' });
  });
}

test('ignore-differences: the fleet has rules for every Application', async () => {
  const house = await syncedHouse([]);
  const customizations = { ...noCustomizations(), ignoreDifferences: [rule({ jsonPointers: ['/data'] })] };
  await house.ports.fleetRules.put({ ...initialRules(), customizations });
  house.cluster.edit(a, 'mine');
  house.cluster.edit(b, 'evil');
  await house.sweep();
  deepEqual(house.cluster.values(), { [a]: 'mine', [b]: '1' });
});

test('ignore-differences: what an expression without meaning may have meant is reported, and the rest is healed', async () => {
  const house = await syncedHouse([rule({ jqPathExpressions: ['.data['] })]);
  house.cluster.edit(a, 'mine');
  house.cluster.edit(b, 'evil');
  await house.sweep();
  await house.sweep();
  deepEqual(house.cluster.values(), { [a]: 'mine', [b]: '1' });
  const told = (await house.story()).filter((line) => line.startsWith('drift'));
  deepEqual(told.toSorted(), ['drift.found reported', 'drift.found reverted'], 'each once');
  const { sync, warnings } = summarizeApplication(await house.entry());
  equal(sync, 'OutOfSync');
  match(warnings.join('\n'), /ConfigMap shop\/a: the jq expression \.data\[: syntax error/);
});

test('ignore-differences: a sync that cannot tell what to respect is refused', async () => {
  const house = await syncedHouse([rule({ jqPathExpressions: ['.data['] })], 'RespectIgnoreDifferences=true');
  house.push({ ...tree, 'ConfigMap a': '2', 'ConfigMap b': '2' });
  await house.follow();
  deepEqual(house.cluster.values(), { [a]: '1', [b]: '1' });
  equal((await house.entry()).state.failed?.fault.code, 'sync.ignore_rule');
});

test('ignore-differences: an excluded kind is named and neither applied, compared nor pruned', async () => {
  const house = await syncedHouse([]);
  const exclusions = [{ apiGroups: [], kinds: ['ConfigMap'], clusters: [] }];
  await house.ports.fleetRules.put({ ...initialRules(), customizations: { ...noCustomizations(), exclusions } });
  house.push({ 'ConfigMap a': '2', 'ConfigMap c': '1' });
  await house.follow();
  house.cluster.edit(b, 'mine');
  await house.sweep();
  deepEqual(house.cluster.values(), { [a]: '1', [b]: 'mine' });
  match(summarizeApplication(await house.entry()).warnings.join('\n'), /ConfigMap shop\/c is of an excluded kind/);
});
