/** Story: what a person gets wrong has a code, a place and a hint, and what runs is not touched. */
import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FaultReport } from '../../lib/core/fault/fault.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment, service, tutorialDeployment } from '../support/example-manifests.ts';
import { type ApplicationOptions, openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();
const good = { 'web.yaml': deployment(), 'settings.yaml': configMap(), 'service.yaml': service };

type Mistake = {
  it: string;
  /** What is pushed over `good`. */
  push?: Record<string, string | null>;
  application?: ApplicationOptions;
  code: string;
  says: RegExp;
  hint: RegExp;
};

const mistakes: Mistake[] = [
  {
    it: 'the tutorial Deployment without selector and labels',
    push: { 'web.yaml': tutorialDeployment },
    code: 'apply.invalid',
    says: /^web\.yaml:1: .*Deployment.*spec\.selector.*spec\.template\.metadata\.labels/s,
    hint: /web\.yaml.*what runs was not touched/,
  },
  {
    it: 'a YAML error in one of many files',
    push: { 'settings.yaml': 'apiVersion: v1\nkind: ConfigMap\n  metadata: {name: x}\n' },
    code: 'render.yaml_invalid',
    says: /^settings\.yaml:3/,
    hint: /./,
  },
  {
    it: 'a key that stands twice',
    push: {
      'settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {k: v}\ndata: {k: w}\n',
    },
    code: 'render.duplicate_key',
    says: /^settings\.yaml:5: .*data/,
    hint: /Remove one/,
  },
  {
    it: 'a kind nobody knows',
    push: { 'foo.yaml': 'apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: x}\n' },
    code: 'cluster.unknown_kind',
    says: /^foo\.yaml:1: .*Foo.*example\.com\/v1/,
    hint: /CustomResourceDefinition/,
  },
  {
    it: 'a field nobody knows',
    push: { 'web.yaml': deployment({ more: '          imagee: x\n' }) },
    code: 'apply.invalid',
    says: /imagee/,
    hint: /web\.yaml/,
  },
  {
    it: 'a namespace that is not there',
    push: { 'settings.yaml': configMap().replace('name: settings', 'name: settings, namespace: nowhere-to-be-found') },
    code: 'cluster.namespace_missing',
    says: /^settings\.yaml:1: .*nowhere-to-be-found/,
    hint: /CreateNamespace=true/,
  },
  {
    it: 'an immutable field',
    push: { 'web.yaml': deployment().replaceAll('app: web', 'app: other') },
    code: 'apply.immutable_field',
    says: /^web\.yaml:1: .*spec\.selector/,
    hint: /new name/,
  },
  {
    it: 'an empty folder with prune on',
    push: { 'web.yaml': null, 'settings.yaml': null, 'service.yaml': null, 'README.md': '' },
    code: 'sync.prune_guard',
    says: /3 of 3 objects/,
    hint: /trueup confirm shop/,
  },
  {
    it: 'a path that is not there',
    application: { path: 'deploy/prod' },
    code: 'render.path_missing',
    says: /deploy\/prod/,
    hint: /spec\.source\.path/,
  },
  {
    it: 'a branch that is not there',
    application: { targetRevision: 'relase' },
    code: 'git.revision_not_found',
    says: /relase/,
    hint: /main/,
  },
];

for (const { it, push = {}, application, code, says, hint } of mistakes) {
  test(`refuse-bad-input: ${it}`, async (t) => {
    const house = await openHouse(t, plane);
    await house.push(good);
    await house.follow();
    await house.sweep();
    const before = await versions(house);
    if (application !== undefined) await house.writeApplication('shop', application);
    if (application === undefined) await house.push(push, 'A mistake');
    await house.follow();

    const fault = await condition(house);
    equal(fault.code, code, fault.message);
    match(fault.message, says);
    match(fault.hint, hint);
    equal(await versions(house), before, 'what runs was not touched');
    const told = (await house.events()).filter((event) => 'fault' in event && event.fault?.code === code);
    equal(told.length, 1, 'said once');

    // The next good push goes through.
    if (application !== undefined) await house.writeApplication('shop');
    await house.push(
      { ...good, 'README.md': null, 'foo.yaml': null, 'web.yaml': deployment({ replicas: 1 }) },
      'Mended',
    );
    await house.follow();
    const { state } = await house.entry();
    deepEqual([state.sync, state.condition], ['Synced', null]);
    equal(await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}'), '1');
  });
}

test('refuse-bad-input: several mistakes are told at once, each with its file', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({
    'a.yaml': tutorialDeployment,
    'b.yaml': tutorialDeployment.replace('name: web', 'name: other'),
    'settings.yaml': configMap(),
  });
  await house.follow();
  const { facts } = await condition(house);
  const problems = facts.problems as FaultReport[];
  deepEqual(problems.map(({ facts: { file } }) => file).toSorted(), ['a.yaml', 'b.yaml']);
  equal(
    await house.kubectl('get', 'configmap', 'settings', '--ignore-not-found'),
    '',
    'the good one waits for the others',
  );
});

test('refuse-bad-input: a prune that was guarded goes through when it is confirmed', async (t) => {
  const house = await openHouse(t, plane);
  await house.push(good);
  await house.follow();
  await house.push({ 'web.yaml': null, 'settings.yaml': null, 'service.yaml': null, 'README.md': 'empty' });
  await house.follow();
  equal((await condition(house)).code, 'sync.prune_guard');
  const { requestSync } = await import('../../lib/flow/request-sync.ts');
  await requestSync('shop', { who: 'Ann', confirmed: true }, house.ports);
  await house.work();
  equal(await house.kubectl('get', 'deployment,configmap,service', '-l', 'trueup.dev/application', '-o', 'name'), '');
  equal((await house.entry()).state.sync, 'Synced');
});

test('refuse-bad-input: an object of another Application stays with it', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({
    'one/settings.yaml': configMap('settings', 'one'),
    'two/settings.yaml': configMap('settings', 'two'),
    'two/more.yaml': configMap('more'),
  });
  await house.writeApplication('shop', { path: 'one' });
  await house.follow();
  await house.writeApplication('thief', { path: 'two' });
  await house.follow();
  const fault = (await house.entry('thief')).state.condition;
  equal(fault?.code, 'sync.shared_object');
  match(fault?.message ?? '', /settings.*shop/);
  equal(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}'), 'one');
  equal(await house.kubectl('get', 'configmap', 'more', '--ignore-not-found'), '');
});

test('refuse-bad-input: RBAC that forbids is quoted with verb, resource and namespace', async (t) => {
  const house = await openHouse(t, plane, { kubeconfig: plane.kubeconfigFor('bob') });
  await house.push(good);
  await house.follow();
  const fault = await condition(house);
  equal(fault.code, 'cluster.forbidden');
  match(fault.message, /list.*(deployments|configmaps|services).*namespace/s);
  match(fault.hint, /kubectl auth can-i list/);
});

test('refuse-bad-input: a cluster that does not answer is waited for', async (t) => {
  const dead = join(process.env.TMPDIR ?? '/tmp', `dead-${process.pid}.kubeconfig`);
  await writeFile(
    dead,
    `apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\nusers: [{name: u, user: {token: t}}]\ncontexts: [{name: c, context: {cluster: c, user: u}}]\ncurrent-context: c\n`,
  );
  const house = await openHouse(t, plane, { kubeconfig: dead });
  await house.push(good);
  await house.follow();
  const { failed } = (await house.entry()).state;
  equal(failed?.fault.code, 'cluster.unreachable');
  notEqual(failed?.retryAt, null);
});

test('refuse-bad-input: a repository nobody has is said on the Application, and Git may come back', async (t) => {
  const house = await openHouse(t, plane);
  await house.push(good);
  await house.writeApplication('shop', { repoURL: house.repoURL.replace('shop', 'nothing-here') });
  await house.follow();
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'test' });
  await house.work();
  equal((await condition(house)).code, 'git.repository_not_found');
  await house.writeApplication('shop');
  await house.follow();
  equal((await house.entry()).state.sync, 'Synced');
});

async function condition(house: TestHouse): Promise<FaultReport> {
  const { condition: fault } = (await house.entry()).state;
  if (fault === null) throw new Error('nothing was refused');
  return fault;
}

/** Of all that runs: changes when anybody writes. */
async function versions(house: TestHouse): Promise<string> {
  return house.kubectl(
    'get',
    'deployment,configmap,service',
    '-o',
    'jsonpath={range .items[*]}{.metadata.name}={.metadata.uid}/{.metadata.generation} {end}',
  );
}
