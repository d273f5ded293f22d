import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { initialRules } from '../../lib/core/fleet/initial-rules.ts';
import { defaultProject } from '../../lib/core/project/default-project.ts';
import type { DestinationServiceAccount } from '../../lib/core/project/project.ts';
import { userOf } from '../../lib/core/project/service-account.ts';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { runAction } from '../../lib/flow/run-action.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { MemoryCluster } from './memory-cluster.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

const bot = { server: '*', namespace: 'shop', defaultServiceAccount: 'bot' };

/** Who asked for what: `system:serviceaccount:shop:bot rehearses ConfigMap a`. */
async function house(accounts: DestinationServiceAccount[]): Promise<{ house: MemoryHouse; asked: string[] }> {
  const asked: string[] = [];
  const tell = (who: string, cluster: MemoryCluster): ReturnType<Ports['cluster']> => ({
    ...cluster,
    as: (account) => tell(userOf(account), cluster),
    async apply(object, options) {
      asked.push(`${who} ${options.dryRun ? 'rehearses' : 'applies'} ${object.metadata.name}`);
      return cluster.apply(object, options);
    },
    async remove(ref, options) {
      asked.push(`${who} removes ${ref.name}`);
      return cluster.remove(ref, options);
    },
    async patch(ref, options) {
      asked.push(`${who} ${options.dryRun ? 'rehearses' : 'patches'} ${ref.name}`);
      return cluster.patch(ref, options);
    },
    async create(object, options) {
      asked.push(`${who} ${options.dryRun ? 'rehearses' : 'creates'} ${object.metadata.name}`);
      return cluster.create(object, options);
    },
    async own(ref, options) {
      asked.push(`${who} owns ${ref.name}`);
      return cluster.own(ref, options);
    },
  });
  const made = await memoryHouse();
  made.ports.cluster = () => tell('trueup', made.cluster);
  await allow(accounts, made.ports);
  return { house: made, asked };
}

function allow(destinationServiceAccounts: DestinationServiceAccount[], ports: Ports): Promise<void> {
  const project = { ...defaultProject(), destinationServiceAccounts };
  return ports.fleetRules.put({ ...initialRules(), projects: [project] });
}

test('acting-ports: a sync, a heal and a prune are all done as the account', async () => {
  const { house: its, asked } = await house([bot]);
  its.push({ 'ConfigMap a': '1', 'ConfigMap b': '1' });
  await its.follow();
  its.cluster.edit('ConfigMap shop/a', 'evil');
  await its.sweep();
  its.push({ 'ConfigMap a': '1' });
  await its.follow();
  deepEqual(its.cluster.values(), { 'ConfigMap shop/a': '1' });
  const who = 'system:serviceaccount:shop:bot';
  deepEqual([...new Set(asked.map((each) => each.split(' ')[0]))], [who]);
  for (const each of ['rehearses a', 'applies a', 'applies b', 'owns a', 'removes b'])
    equal(asked.includes(`${who} ${each}`), true, each);
});

test('acting-ports: an action is rehearsed and done as the account', async () => {
  const { house: its, asked } = await house([bot]);
  its.push({ 'ConfigMap a': '1' });
  await its.follow();
  const lua = `obj.data.note = "x"
    return {{operation = "patch", resource = obj}, {operation = "create", resource = {apiVersion = "v1", kind = "ConfigMap",
      metadata = {name = "made"}}}}`;
  const ofConfigMap = { group: '', kind: 'ConfigMap', discovery: '', definitions: [{ name: 'do', lua }] };
  const actions = [{ ...ofConfigMap, mergeBuiltinActions: false, useOpenLibs: false }];
  const rules = await its.ports.fleetRules.get();
  await its.ports.fleetRules.put({ ...rules, customizations: { ...rules.customizations, actions } });
  asked.length = 0;
  const object = { kind: 'ConfigMap', name: 'a' };
  const wish = { who: 'ann', object, action: 'do', parameters: {}, nevertheless: false, hold: null };
  await runAction('shop', wish, its.ports);
  const who = 'system:serviceaccount:shop:bot';
  deepEqual(asked, [`${who} rehearses a`, `${who} rehearses made`, `${who} patches a`, `${who} creates made`]);
});

test('acting-ports: a plan is rehearsed as the account', async () => {
  const { house: its, asked } = await house([bot]);
  its.push({ 'ConfigMap a': '1' });
  await planApplication('shop', its.ports);
  deepEqual(asked, ['system:serviceaccount:shop:bot rehearses a']);
});

test('acting-ports: where no account is for the destination nothing is asked of the cluster', async () => {
  const { house: its, asked } = await house([{ ...bot, namespace: 'web' }]);
  its.push({ 'ConfigMap a': '1' });
  await its.follow();
  deepEqual(asked, []);
  match((await its.entry()).state.condition?.message ?? '', /names no service account for the Application shop/);
});

test('acting-ports: when the accounts change, drift is neither healed nor pruned as somebody else', async () => {
  const { house: its, asked } = await house([bot]);
  its.push({ 'ConfigMap a': '1', 'ConfigMap b': '1' });
  await its.follow();
  await allow([{ ...bot, namespace: 'web' }], its.ports);
  asked.length = 0;
  its.cluster.drop('ConfigMap shop/a');
  await its.sweep();
  its.push({ 'ConfigMap a': '1' });
  await its.follow();
  deepEqual([asked, its.cluster.values()], [[], { 'ConfigMap shop/b': '1' }]);
});

test('acting-ports: an Application that leaves is not removed as somebody else', async () => {
  const { house: its, asked } = await house([bot]);
  const finalizers = ['resources-finalizer.argocd.argoproj.io'];
  its.push({ 'ConfigMap a': '1' });
  await its.follow();
  const { application } = await its.entry();
  await its.ports.applications.put({ ...application, finalizers }, { cluster: 'prod', leaving: true });
  await allow([{ ...bot, namespace: 'web' }], its.ports);
  asked.length = 0;
  await its.ports.wakes.wake('shop', its.clock.now);
  await its.ports.queue.send({ about: 'application', name: 'shop', why: 'test' });
  await its.work();
  deepEqual([asked, Object.keys(its.cluster.values())], [[], ['ConfigMap shop/a']]);
  await allow([bot], its.ports);
  its.pass(3_600_000);
  await its.ports.queue.send({ about: 'application', name: 'shop', why: 'test' });
  await its.work();
  deepEqual([asked, its.cluster.values()], [['system:serviceaccount:shop:bot removes a'], {}]);
});
