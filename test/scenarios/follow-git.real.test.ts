/** Story: what Git says is what the cluster has. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf } from '../../lib/core/plan/plan.ts';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, customResource, deployment, secret, service } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

test('follow-git: a push is applied, healthy and recorded with its author; the next one applies only what it changed', async (t) => {
  const house = await openHouse(t, plane);
  const sha = await house.push(
    { 'web.yaml': deployment(), 'settings.yaml': configMap(), 'login.yaml': secret(), 'service.yaml': service },
    'First',
  );
  await house.follow();
  const { state } = await house.entry();
  deepEqual([state.sync, state.health.status, state.synced?.revision], ['Synced', 'Healthy', sha]);
  equal(await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.status.readyReplicas}'), '2');

  await house.push({ 'web.yaml': deployment({ replicas: 3 }) }, 'Scale to 3\n\nBecause.');
  await house.follow();
  const last = (await house.events())
    .filter(({ type }) => type === 'sync.finished' || type === 'object.updated')
    .slice(-2);
  const finished = last.find((event) => event.type === 'sync.finished');
  const updated = last.find((event) => event.type === 'object.updated');
  deepEqual(finished?.type === 'sync.finished' && finished.counts, { created: 0, updated: 1, pruned: 0, kept: 3 });
  deepEqual(updated?.type === 'object.updated' && updated.diff, [{ path: 'spec.replicas', from: 2, to: 3 }]);
  match(finished?.why ?? '', /^push [0-9a-f]{7} "Scale to 3"$/);
  match(finished?.who ?? '', /<.*@.*>/);
});

test('follow-git: a revert goes back, a removed file is pruned, a commit that changes nothing we read costs nothing', async (t) => {
  const house = await openHouse(t, plane, { application: { path: 'app' } });
  await house.push({ 'app/web.yaml': deployment(), 'app/settings.yaml': configMap() });
  await house.follow();
  await house.push({ 'app/web.yaml': deployment({ replicas: 4 }) });
  await house.follow();
  await house.git('revert', '--no-edit', 'HEAD');
  await house.push({});
  await house.follow();
  equal(await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}'), '2');

  await house.push({ 'app/settings.yaml': null });
  await house.follow();
  equal(await house.isGone('configmap', 'settings'), true);
  ok((await house.events()).some((event) => event.type === 'object.pruned' && event.object.name === 'settings'));

  const before = (await house.events()).length;
  const sha = await house.push({ 'README.md': 'Nothing to deploy here.' });
  await house.follow();
  equal((await house.entry()).state.synced?.revision, sha);
  equal((await house.events()).length, before);
});

test('follow-git: a definition and its resources, a Namespace and what lives in it come in one push', async (t) => {
  const house = await openHouse(t, plane);
  const group = `${house.namespace}.example.com`;
  const other = `${house.namespace}-other`;
  const namespaced = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${other}}\n---\n${configMap('there').replace('name: there', `name: there, namespace: ${other}`)}`;
  await house.push({ 'crd.yaml': customResource(group), 'other.yaml': namespaced });
  await house.follow();
  const { state } = await house.entry();
  deepEqual([state.sync, state.condition], ['Synced', null]);
  equal(await house.kubectl('get', `foos.${group}`, 'first', '-o', 'jsonpath={.spec.a}'), 'b');
  equal(await house.kubectl('-n', other, 'get', 'configmap', 'there', '-o', 'jsonpath={.data.k}'), 'v');

  // The definition gains a field, and the resource uses it in the same push.
  const grown = customResource(group)
    .replace('a: {type: string}', 'a: {type: string}, b: {type: string}')
    .replace('spec: {a: b}', 'spec: {a: b, b: c}');
  await house.push({ 'crd.yaml': grown });
  await house.follow();
  deepEqual((await house.entry()).state.condition, null);
  equal(await house.kubectl('get', `foos.${group}`, 'first', '-o', 'jsonpath={.spec.b}'), 'c');
  const updated = (await house.events()).flatMap((event) =>
    event.type === 'object.updated' ? [event.object.kind] : [],
  );
  deepEqual(updated.toSorted(), ['CustomResourceDefinition', 'Foo']);
  await house.kubectl('delete', 'namespace', other, '--wait=false');
  await house.kubectl('delete', 'crd', `foos.${group}`);
});

test('follow-git: Kustomize and Helm are rendered as the real tools do', async (t) => {
  const house = await openHouse(t, plane, { application: { path: 'overlay' } });
  await house.push({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': deployment(),
    'overlay/kustomization.yaml': 'resources: [../base]\nnamePrefix: blue-\nreplicas: [{name: web, count: 1}]\n',
    'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
    'chart/values.yaml': 'greeting: hello\n',
    'chart/templates/settings.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}-settings"}\ndata: {k: "{{ .Values.greeting }}"}\n',
  });
  await house.writeApplication('charted', { path: 'chart' });
  await house.follow();
  equal(await house.kubectl('get', 'deployment', 'blue-web', '-o', 'jsonpath={.spec.replicas}'), '1');
  equal(await house.kubectl('get', 'configmap', 'charted-settings', '-o', 'jsonpath={.data.k}'), 'hello');
  await house.push({ 'base/web.yaml': deployment({ image: 'nginx:1.28' }) }, 'Only the base');
  await house.follow();
  equal(
    await house.kubectl('get', 'deployment', 'blue-web', '-o', 'jsonpath={.spec.template.spec.containers[0].image}'),
    'nginx:1.28',
  );
});

test('follow-git: what kubectl apply made is taken over, and what Git drops goes', async (t) => {
  const house = await openHouse(t, plane);
  const manifest = deployment({ more: '          livenessProbe: {tcpSocket: {port: 80}}\n' });
  await house.push({ 'web.yaml': manifest }, 'As kubectl had it');
  const file = `${house.fleet}/../tree/web.yaml`;
  await house.kubectl('apply', '-f', file);
  const uid = await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.uid}');
  await house.follow();
  await house.push({ 'web.yaml': deployment() }, 'Without the probe');
  await house.follow();
  equal(await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.uid}'), uid);
  equal(
    await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[0].livenessProbe}'),
    '',
  );
});

test('follow-git: without automation nothing is touched, and the plan says what would be', async (t) => {
  const house = await openHouse(t, plane, { application: { automated: null } });
  await house.push({ 'web.yaml': deployment() });
  await house.follow();
  equal((await house.entry()).state.sync, 'OutOfSync');
  equal(await house.kubectl('get', 'deployment', '-o', 'name'), '');
  deepEqual(await planned(house), ['create Deployment/web']);
});

test('follow-git: CreateNamespace makes the namespace of the destination and never prunes it', async (t) => {
  const house = await openHouse(t, plane);
  const name = `${house.namespace}-new`;
  await house.push({ 'new/settings.yaml': configMap(), 'new/more.yaml': configMap('more') });
  await house.writeApplication('shop', { path: 'new', namespace: name, syncOptions: 'CreateNamespace=true' });
  await house.follow();
  equal(await house.kubectl('-n', name, 'get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}'), 'v');
  await house.push({ 'new/more.yaml': null });
  await house.follow();
  equal(await house.kubectl('get', 'namespace', name, '-o', 'jsonpath={.status.phase}'), 'Active');
  await house.kubectl('delete', 'namespace', name, '--wait=false');
});

async function planned(house: TestHouse): Promise<string[]> {
  const plan = await planApplication('shop', house.ports);
  return changesOf(plan).map(({ action, key }) => `${action} ${key.kind}/${key.name}`);
}
