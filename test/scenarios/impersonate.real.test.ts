/** Story: what a project deploys it deploys as its own ServiceAccount, and the cluster's RBAC decides what that may do. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

const project = (account = 'bot') => `
  sourceRepos: ["*"]
  destinations: [{server: "*", namespace: "*"}]
  clusterResourceWhitelist: [{group: "*", kind: "*"}]
  destinationServiceAccounts: [{server: "*", namespace: "*", defaultServiceAccount: ${account}}]`;

/** The account `bot` of the namespace, and a Role for the group it is in, so that the API server must have put it there. */
async function grant(house: TestHouse, ...rules: [group: string, kinds: string, verbs: string][]): Promise<void> {
  const listed = rules.map(
    ([group, kinds, verbs]) => `{apiGroups: ["${group}"], resources: [${kinds}], verbs: [${verbs}]}`,
  );
  await house.kubectlApply(`apiVersion: v1
kind: ServiceAccount
metadata: {name: bot}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: bot}
rules: [${listed.join(', ')}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: bot}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: bot}
subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:serviceaccounts:${house.namespace}"}]
`);
}

async function conditionOf(house: TestHouse): Promise<{ code: string; message: string; hint: string }> {
  const { condition } = (await house.entry()).state;
  return condition ?? { code: 'none', message: '', hint: '' };
}

const data = (house: TestHouse, name: string) =>
  house.kubectl('get', 'configmap', name, '-o', 'jsonpath={.data.k}', '--ignore-not-found');

test('impersonate: what the account may do is synced, healed and pruned; the first thing it may not stops the sync', async (t) => {
  const house = await openHouse(t, plane);
  await grant(house, ['', 'configmaps', 'create, patch, delete']);
  await house.writeProject('team', project());
  await house.push({ 'a.yaml': configMap(), 'b.yaml': configMap('other') });
  await house.writeApplication('shop', { project: 'team' });
  await house.work();
  equal(await data(house, 'settings'), 'v');

  await house.kubectl('patch', 'configmap', 'settings', '-p', '{"data":{"k":"evil"}}');
  await house.sweep();
  equal(await data(house, 'settings'), 'v', 'healed');

  await house.push({ 'b.yaml': null });
  await house.follow();
  equal(await data(house, 'other'), '', 'pruned');

  await house.push({ 'a.yaml': configMap('settings', 'w'), 'web.yaml': deployment() });
  await house.follow();
  const { code, message, hint } = await conditionOf(house);
  equal(code, 'cluster.account_forbidden', message);
  match(
    message,
    new RegExp(`ServiceAccount ${house.namespace}:bot \\w+ on deployments.apps in the namespace ${house.namespace}`),
  );
  match(hint, /kubectl auth can-i \w+ deployments\.apps -n \S+ --as system:serviceaccount:/);
  equal(await data(house, 'settings'), 'v', 'found by the rehearsal, before anything was applied');

  await grant(house, ['', 'configmaps', 'create, patch, delete'], ['apps', 'deployments', 'create, patch']);
  await house.ports.wakes.wake('shop', Date.now());
  await house.push({ 'web.yaml': deployment({ replicas: 3 }) });
  await house.follow();
  equal(await data(house, 'settings'), 'w');
});

test('impersonate: without the right to delete nothing is pruned, and the fault says who lacks it', async (t) => {
  const house = await openHouse(t, plane);
  await grant(house, ['', 'configmaps', 'create, patch']);
  await house.writeProject('team', project());
  await house.push({ 'a.yaml': configMap(), 'b.yaml': configMap('other') });
  await house.writeApplication('shop', { project: 'team' });
  await house.work();
  await house.push({ 'b.yaml': null });
  await house.follow();
  const { code, message } = await conditionOf(house);
  equal(code, 'cluster.account_forbidden', message);
  match(message, /bot delete on configmaps/);
  equal(await data(house, 'other'), 'v');
});

test('impersonate: a plan says what the account may not, before anything is synced', async (t) => {
  const house = await openHouse(t, plane);
  await grant(house, ['', 'secrets', 'get']);
  await house.writeProject('team', project());
  await house.push({ 'a.yaml': configMap() });
  await house.writeApplication('shop', { project: 'team', automated: null });
  await house.work();
  const refused = await planApplication('shop', house.ports).catch((error: unknown) => String(error));
  match(String(refused), /ServiceAccount \S+:bot \w+ on configmaps/);
});

test('impersonate: an account that is not ours to act as is refused with the rule that is missing', async (t) => {
  const limited = await plane.freshNamespace();
  const kubeconfig = await plane.serviceAccountKubeconfig({ namespace: limited, name: 'trueup' });
  const house = await openHouse(t, plane, { kubeconfig, application: { project: 'team', automated: null } });
  await grant(house, ['', 'configmaps', 'create, patch']);
  // Trueup itself may do all of it; the project asks for less.
  const verbs = '--verb=get,list,watch,create,patch,delete';
  await house.kubectl('create', 'clusterrole', limited, verbs, '--resource=configmaps,namespaces');
  await house.kubectl(
    'create',
    'clusterrolebinding',
    limited,
    `--clusterrole=${limited}`,
    `--serviceaccount=${limited}:trueup`,
  );
  t.after(() => house.kubectl('delete', `clusterrole/${limited}`, `clusterrolebinding/${limited}`));
  await house.writeProject('team', project());
  await house.push({ 'a.yaml': configMap() });
  await house.writeApplication('shop', { project: 'team' });
  await house.work();
  const { code, hint, message } = await conditionOf(house);
  equal(await data(house, 'settings'), '');
  equal(code, 'cluster.may_not_impersonate', message);
  const [, rule = ''] = /(\{apiGroups.*\})/.exec(hint) ?? [];
  await house.kubectlApply(`apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: act-as-bot}
rules: [${rule}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: act-as-bot}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: act-as-bot}
subjects: [{kind: ServiceAccount, namespace: ${limited}, name: trueup}]
`);
  await house.push({ 'b.yaml': configMap('other') });
  await house.follow();
  deepEqual(
    [await data(house, 'settings'), await data(house, 'other')],
    ['v', 'v'],
    JSON.stringify(await conditionOf(house)),
  );
});
