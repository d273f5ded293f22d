/** Story: a field that cannot be changed is named with both its values; the object is made anew only where it asks. */
import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import type { FaultReport } from '../../lib/core/fault/fault.ts';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { loadRecord } from '../../lib/flow/stored-json.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

type Fields = Record<string, unknown>;
type Case = {
  file: string;
  of: [apiVersion: string, kind: string];
  before: Fields;
  after: Fields;
  says: RegExp;
  clusterWide?: true;
  /** It is made anew under no circumstances. */
  never?: true;
};

const rbac = 'rbac.authorization.k8s.io';
const labels = (app: string) => ({ metadata: { labels: { app } } });
const containers = (image: string, more: Fields = {}) => [{ name: 'c', image, ...more }];
const workload = (app: string, more: Fields = {}) => ({
  spec: {
    replicas: 0,
    selector: { matchLabels: { app } },
    template: { ...labels(app), spec: { containers: containers('nginx') } },
    ...more,
  },
});
const claimSpec = (storageClassName: string, storage: string) => ({
  spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage } } },
});
const template = (name: string) => ({ volumeClaimTemplates: [{ metadata: { name }, ...claimSpec('none', '1Gi') }] });
const job = (image: string) => ({
  spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers: containers(image) } } },
});
const binding = (name: string) => ({ roleRef: { apiGroup: rbac, kind: 'Role', name }, subjects: [] });
const pod = (command: string) => ({
  spec: { nodeSelector: { nowhere: 'yes' }, containers: containers('nginx', { command: [command] }) },
});
const secret = (password: string) => ({
  immutable: true,
  data: { password: Buffer.from(password).toString('base64') },
});

const cases: Case[] = [
  {
    file: 'selector',
    of: ['apps/v1', 'Deployment'],
    before: workload('old-app'),
    after: workload('new-app'),
    says: /spec\.selector\.matchLabels\.app is "old-app" in the cluster and "new-app" in Git/,
  },
  {
    file: 'service-name',
    of: ['apps/v1', 'StatefulSet'],
    before: workload('db', { serviceName: 'old' }),
    after: workload('db', { serviceName: 'new', replicas: 1 }),
    says: /: spec\.serviceName is "old" in the cluster and "new" in Git$/,
  },
  {
    file: 'claim-templates',
    of: ['apps/v1', 'StatefulSet'],
    before: workload('disk', template('old')),
    after: workload('disk', template('new')),
    says: /spec\.volumeClaimTemplates.*"old".* in the cluster and .*"new".* in Git/,
  },
  {
    file: 'job',
    of: ['batch/v1', 'Job'],
    before: job('nginx:1'),
    after: job('nginx:2'),
    says: /spec\.template\.spec\.containers\[name=c\]\.image is "nginx:1" in the cluster and "nginx:2" in Git$/,
  },
  {
    file: 'cluster-ip',
    of: ['v1', 'Service'],
    before: { spec: { ports: [{ port: 80 }] } },
    after: { spec: { ports: [{ port: 80 }], clusterIP: 'None' } },
    says: /: spec\.clusterIP is "\d+\.\d+\.\d+\.\d+" in the cluster and "None" in Git$/,
  },
  {
    file: 'storage-class-name',
    of: ['v1', 'PersistentVolumeClaim'],
    before: claimSpec('slow', '1Gi'),
    after: claimSpec('fast', '1Gi'),
    says: /: spec\.storageClassName is "slow" in the cluster and "fast" in Git$/,
  },
  {
    file: 'config',
    of: ['v1', 'ConfigMap'],
    before: { immutable: true, data: { k: 'old' } },
    after: { immutable: true, data: { k: 'new' } },
    says: /: data\.k is "old" in the cluster and "new" in Git$/,
  },
  {
    file: 'secret',
    of: ['v1', 'Secret'],
    before: secret('hunter-one'),
    after: secret('hunter-two'),
    says: /: data\.password is "\++" in the cluster and "\++" in Git$/,
  },
  {
    file: 'secret-type',
    of: ['v1', 'Secret'],
    before: { type: 'Opaque', data: {} },
    after: { type: 'example.com/other', data: {} },
    says: /: type is "Opaque" in the cluster and "example\.com\/other" in Git$/,
  },
  {
    file: 'role-ref',
    of: [`${rbac}/v1`, 'RoleBinding'],
    before: binding('old'),
    after: binding('new'),
    says: /: roleRef\.name is "old" in the cluster and "new" in Git$/,
  },
  {
    file: 'pod',
    of: ['v1', 'Pod'],
    before: pod('old'),
    after: pod('new'),
    says: /spec\.containers\[name=c\]\.command\[0\] is "old" in the cluster and "new" in Git$/,
  },
  {
    file: 'provisioner',
    of: ['storage.k8s.io/v1', 'StorageClass'],
    before: { provisioner: 'example.com/old' },
    after: { provisioner: 'example.com/new' },
    says: /: provisioner is "example\.com\/old" in the cluster and "example\.com\/new" in Git$/,
    clusterWide: true,
  },
  {
    file: 'controller',
    of: ['networking.k8s.io/v1', 'IngressClass'],
    before: { spec: { controller: 'example.com/old' } },
    after: { spec: { controller: 'example.com/new' } },
    says: /: spec\.controller is "example\.com\/old" in the cluster and "example\.com\/new" in Git$/,
    clusterWide: true,
  },
  {
    file: 'scope',
    of: ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    before: { spec: { scope: 'Namespaced' } },
    after: { spec: { scope: 'Cluster' } },
    says: /: spec\.scope is "Namespaced" in the cluster and "Cluster" in Git$/,
    clusterWide: true,
    never: true,
  },
];

function manifest(
  { file, of: [apiVersion, kind], clusterWide }: Case,
  fields: Fields,
  namespace: string,
  options = '',
) {
  const annotations = {
    'argocd.argoproj.io/ignore-healthcheck': 'true',
    ...(options === '' ? {} : { 'argocd.argoproj.io/sync-options': options }),
  };
  const name = clusterWide ? `${namespace}-${file}` : file;
  const object: KubernetesObject = { apiVersion, kind, metadata: { name, annotations }, ...fields };
  return JSON.stringify(kind === 'CustomResourceDefinition' ? definition(object, namespace) : object);
}

function definition({ metadata, ...object }: KubernetesObject, namespace: string): unknown {
  const group = `${namespace}.example.com`;
  const openAPIV3Schema = { type: 'object' };
  const spec = {
    group,
    names: { plural: 'things', singular: 'thing', kind: 'Thing' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    ...(object.spec as Fields),
  };
  return { ...object, metadata: { ...metadata, name: `things.${group}` }, spec };
}

function filesOf(which: readonly Case[], side: 'before' | 'after', namespace: string, options = '') {
  return Object.fromEntries(which.map((one) => [`${one.file}.yaml`, manifest(one, one[side], namespace, options)]));
}

/** File → uid of its object. */
async function uids({ ports, entry }: TestHouse): Promise<Record<string, string>> {
  const { objects } = await loadRecord((await entry()).state.record, ports);
  return Object.fromEntries(Object.values(objects).map(({ origin, applied }) => [origin.file, applied?.uid ?? '']));
}

async function problemsOf(house: TestHouse): Promise<FaultReport[]> {
  const { condition } = (await house.entry()).state;
  const problems = condition?.facts.problems ?? [condition];
  return problems as FaultReport[];
}

test('immutable-fields: a refusal names the field, both values, file and line, and what would help', async (t) => {
  const house = await openHouse(t, plane);
  await house.push(filesOf(cases, 'before', house.namespace));
  await house.follow();
  const before = await uids(house);
  // A definition is rehearsed before what may depend on it, and refused before it.
  for (const some of [cases.filter(({ never }) => !never), cases.filter(({ never }) => never)]) {
    await house.push({ ...filesOf(cases, 'before', house.namespace), ...filesOf(some, 'after', house.namespace) });
    await house.follow();
    const problems = await problemsOf(house);
    for (const { file, says, never } of some) {
      const problem = problems.find(({ facts }) => facts.file === `${file}.yaml`);
      ok(problem, `${file}: ${JSON.stringify(problems.map(({ message }) => message))}`);
      equal(problem.code, 'apply.immutable_field', problem.message);
      match(problem.message, says);
      match(problem.message, new RegExp(`^${file}\\.yaml:1: `));
      match(problem.hint, never ? /never deleted/ : /argocd\.argoproj\.io\/sync-options: Force=true/);
    }
  }
  const { condition } = (await house.entry()).state;
  ok(
    !/hunter/.test(JSON.stringify([condition, await house.events(), await house.ports.applications.list()])),
    'no secret is told',
  );
  deepEqual(await uids(house), before, 'nothing was touched');
});

test('immutable-fields: with Force=true each is made anew once, and only what asks', async (t) => {
  const house = await openHouse(t, plane);
  const some = cases.filter(({ never }) => !never);
  await house.push(filesOf(some, 'before', house.namespace, 'Force=true'));
  await house.follow();
  const before = await uids(house);
  await house.push(filesOf(some, 'after', house.namespace, 'Force=true'));
  await house.follow();
  const { state } = await house.entry();
  deepEqual([state.sync, state.condition], ['Synced', null]);
  const after = await uids(house);
  for (const { file } of some) notEqual(after[`${file}.yaml`], before[`${file}.yaml`], file);
  const told = (await house.events()).filter(({ type }) => type === 'object.recreated');
  equal(told.length, some.length);
  await house.sweep();
  deepEqual(await uids(house), after, 'and then there is peace');
});

test('immutable-fields: Replace=true takes away what others added, and the next commit takes away what it wrote', async (t) => {
  const house = await openHouse(t, plane);
  const map = (data: Fields, options: string) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'map', annotations: { 'argocd.argoproj.io/sync-options': options } },
      data,
    });
  await house.push({ 'map.yaml': map({ a: '1', b: '1' }, 'Replace=true') });
  await house.follow();
  const patch = ['patch', 'configmap', 'map', '--field-manager', 'a-controller', '-p', '{"data":{"other":"x"}}'];
  await house.kubectl(...patch);
  const data = async () => JSON.parse(await house.kubectl('get', 'configmap', 'map', '-o', 'jsonpath={.data}'));
  await house.push({ 'map.yaml': map({ a: '2', b: '2' }, 'Replace=true') });
  await house.follow();
  deepEqual(await data(), { a: '2', b: '2' });
  await house.sweep();
  equal((await house.entry()).state.sync, 'Synced');
  await house.push({ 'map.yaml': map({ a: '3' }, '') });
  await house.follow();
  deepEqual(await data(), { a: '3' }, 'what a replacement wrote is ours');
});

test('immutable-fields: a finalizer holds the old object back, the Application says so, and goes on', async (t) => {
  const house = await openHouse(t, plane);
  const [one] = cases.filter(({ file }) => file === 'config');
  ok(one);
  await house.push(filesOf([one], 'before', house.namespace, 'Force=true'));
  await house.follow();
  await house.kubectl(
    'patch',
    'configmap',
    'config',
    '--type=merge',
    '-p',
    '{"metadata":{"finalizers":["example.com/held"]}}',
  );
  await house.push(filesOf([one], 'after', house.namespace, 'Force=true'));
  const working = house.follow();
  for (;;) {
    const { condition } = (await house.entry()).state;
    if (condition?.code === 'apply.held_back') {
      match(condition.hint, /example\.com\/held/);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await house.kubectl('patch', 'configmap', 'config', '--type=merge', '-p', '{"metadata":{"finalizers":null}}');
  await working;
  equal(await house.kubectl('get', 'configmap', 'config', '-o', 'jsonpath={.data.k}'), 'new');
  equal((await house.entry()).state.condition, null);
});
