/** Story: what a project does not permit is neither planned nor applied, pruned, healed or deleted, and everybody can read why. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { changesOf } from '../../lib/core/plan/plan.ts';
import { findOrphans } from '../../lib/flow/find-orphans.ts';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment, secret, service } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

const project = (house: TestHouse, more = '', namespace = house.namespace) =>
  `{sourceRepos: ["*"], destinations: [{server: "*", namespace: ${namespace}}]${more}}`;
const noSecrets = ', namespaceResourceBlacklist: [{group: "", kind: Secret}]';

const names = (house: TestHouse) =>
  house
    .kubectl('get', 'configmap,secret', '-l', 'trueup.dev/application', '-o', 'name')
    .then((text) => text.split('\n').filter(Boolean));
const condition = async (house: TestHouse) => (await house.entry()).state.condition;

/** An Application of the project `team`, synced with a ConfigMap and a Secret. */
async function synced(t: Parameters<typeof openHouse>[0], finalizer = false): Promise<TestHouse> {
  const house = await openHouse(t, plane);
  await house.writeProject('team', project(house));
  await house.push({ 'a.yaml': configMap(), 'b.yaml': configMap('other'), 'login.yaml': secret() });
  await house.writeApplication('shop', { project: 'team', finalizer });
  await house.work();
  deepEqual(await names(house), ['configmap/other', 'configmap/settings', 'secret/login']);
  return house;
}

test('keep-projects: a plan and a sync refuse all that is not permitted at once, before anything is changed', async (t) => {
  const house = await openHouse(t, plane);
  await house.writeProject('team', project(house, noSecrets));
  const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: not-ours}\n';
  await house.push({ 'a.yaml': configMap(), 'login.yaml': secret(), 'role.yaml': role });
  await house.writeApplication('shop', { project: 'team' });
  await house.work();
  const said = JSON.stringify(await condition(house));
  for (const object of ['Secret', 'ClusterRole'])
    match(said, new RegExp(`${object}[^"]* is not permitted in the project team`));
  deepEqual(await names(house), []);
  const planned = await planApplication('shop', house.ports).catch((error: unknown) => String(error));
  match(String(planned), /not permitted in the project team/);
});

test('keep-projects: a project that is tightened leaves what lives: it is not healed, not pruned, and the plan says why', async (t) => {
  const house = await synced(t);
  await house.writeProject('team', project(house, noSecrets));
  await house.work();
  equal((await condition(house))?.code, 'project.object_not_permitted');
  await house.kubectl('patch', 'secret', 'login', '-p', '{"stringData":{"password":"by-hand"}}');
  await house.kubectl('patch', 'configmap', 'settings', '-p', '{"data":{"k":"evil"}}');
  await house.sweep();
  equal(
    await house.kubectl('get', 'secret', 'login', '-o', 'jsonpath={.data.password}'),
    Buffer.from('by-hand').toString('base64'),
  );
  equal(
    await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}'),
    'v',
    'what is permitted is healed all the same',
  );
  const [reported] = (await house.events()).filter(
    (event) => event.type === 'drift.found' && event.object.kind === 'Secret',
  );
  equal(reported?.type === 'drift.found' && reported.action, 'reported');

  await house.push({ 'login.yaml': null });
  const plan = await planApplication('shop', house.ports);
  const skipped = changesOf(plan).find(({ key }) => key.kind === 'Secret');
  match(
    skipped?.action === 'skip' ? skipped.why : '',
    /not permitted in the project: its kind is not in namespaceResourceWhitelist, or is in/,
  );
  await house.follow();
  deepEqual(await names(house), ['configmap/other', 'configmap/settings', 'secret/login'], 'not pruned');
  equal(await condition(house), null, 'and the rest goes on');

  await house.writeProject('team', project(house));
  await house.work();
  await house.push({ 'c.yaml': configMap('more') });
  await house.follow();
  deepEqual(await names(house), ['configmap/more', 'configmap/other', 'configmap/settings'], 'permitted again it goes');
});

test('keep-projects: a namespace that is taken from a project stops its Application there, healing too', async (t) => {
  const house = await synced(t);
  await house.writeProject('team', project(house, '', 'elsewhere'));
  await house.work();
  equal((await condition(house))?.code, 'project.destination_not_permitted');
  await house.kubectl('patch', 'configmap', 'settings', '-p', '{"data":{"k":"evil"}}');
  await house.sweep();
  await house.push({ 'a.yaml': configMap('settings', 'w') });
  await house.follow();
  equal(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}'), 'evil');
});

test('keep-projects: what is not permitted stays when the Application is removed', async (t) => {
  const house = await synced(t, true);
  await house.writeProject('team', project(house, noSecrets));
  await rm(join(house.fleet, 'shop.yaml'));
  await syncFleet(house.ports);
  await house.work();
  deepEqual(await names(house), ['secret/login']);
  equal(await house.ports.applications.get('shop'), null);
});

test('keep-projects: an Application that moves to another project is judged by that one from the next step on', async (t) => {
  const house = await synced(t);
  await house.writeProject('strict', project(house, noSecrets));
  await house.writeApplication('shop', { project: 'strict' });
  await house.work();
  match((await condition(house))?.message ?? '', /not permitted in the project strict/);
  await house.writeApplication('shop', { project: 'nowhere' });
  await house.work();
  equal((await condition(house))?.code, 'project.unknown');
  await house.push({ 'a.yaml': configMap('settings', 'w') });
  await house.follow();
  equal(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}'), 'v');
  await house.writeApplication('shop', { project: 'team' });
  await house.work();
  equal(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}'), 'w');
});

test('keep-projects: a global project forbids in every project that its selector means', async (t) => {
  const house = await openHouse(t, plane);
  await house.writeProject('base', '{namespaceResourceBlacklist: [{group: "", kind: Secret}]}');
  await house.writeProject('team', project(house));
  await house.writeFleet(
    'argocd-cm.yaml',
    `apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm}
data:
  globalProjects: |
    - labelSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [trusted]}]}
      projectName: base
`,
  );
  await house.push({ 'a.yaml': configMap(), 'login.yaml': secret() });
  await house.writeApplication('shop', { project: 'team' });
  await house.work();
  match((await condition(house))?.message ?? '', /Secret .*is not permitted in the project team/);
  await house.writeProject('team', project(house), '{tier: trusted}');
  await house.work();
  deepEqual(await names(house), ['configmap/settings', 'secret/login']);
});

test('keep-projects: what belongs to no Application is named where the project asks for it, and nothing else is', async (t) => {
  const house = await openHouse(t, plane);
  const rules = ', orphanedResources: {ignore: [{kind: ConfigMap, name: "kept-*"}]}';
  await house.writeProject('team', project(house, rules));
  await house.push({ 'web.yaml': deployment({ replicas: 1 }), 'web-service.yaml': service });
  await house.writeApplication('shop', { project: 'team' });
  await house.work();
  await house.kubectl('create', 'configmap', 'lost', '--from-literal=a=b');
  await house.kubectl('create', 'configmap', 'kept-here', '--from-literal=a=b');
  await house.kubectl('create', 'serviceaccount', 'lost');
  const [found] = await findOrphans([], house.ports);
  deepEqual(found?.objects.map(({ kind, name }) => `${kind} ${name}`).toSorted(), [
    'ConfigMap lost',
    'ServiceAccount lost',
  ]);
  await house.push({ 'settings.yaml': configMap() });
  await house.follow();
  match(
    (await house.entry()).state.warnings.join(),
    /belong to no Application: ConfigMap \S+\/lost, ServiceAccount \S+\/lost; see `trueup orphans`/,
  );
  deepEqual(await findOrphans(['other'], house.ports), []);
});
