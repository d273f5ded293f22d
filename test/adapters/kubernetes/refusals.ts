/** Things an API server refuses to take. Each is asked of a real one, whose answer stands in test/golden/status. */
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';

export const namespace = 'refusals';

export type Refusal = {
  /** Names the golden file. */
  name: string;
  /** Applied before. */
  after?: KubernetesObject;
  applies: KubernetesObject;
  /** A ServiceAccount that may do little, instead of the administrator. */
  as?: 'restricted';
};

type Fields = Record<string, unknown>;

function object(apiVersion: string, kind: string, name: string, fields: Fields): KubernetesObject {
  return { apiVersion, kind, metadata: { name, namespace }, ...fields };
}

function deployment(name: string, spec: Fields = {}, container: Fields = {}): KubernetesObject {
  const labels = { app: name };
  const containers = [{ name: 'c', image: 'nginx', ...container }];
  const template = { metadata: { labels }, spec: { containers } };
  return object('apps/v1', 'Deployment', name, {
    spec: { replicas: 0, selector: { matchLabels: labels }, template, ...spec },
  });
}

function jobSpec(image: string): Fields {
  return { suspend: true, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image }] } } };
}

function job(image: string, spec: Fields = {}): KubernetesObject {
  return object('batch/v1', 'Job', 'job', { spec: { ...jobSpec(image), ...spec } });
}

function cronJob(): KubernetesObject {
  return object('batch/v1', 'CronJob', 'one-too-many', {
    spec: { schedule: '@daily', jobTemplate: { spec: jobSpec('a') } },
  });
}

function statefulSet(serviceName: string): KubernetesObject {
  const labels = { app: 'db' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'db' }] } };
  return object('apps/v1', 'StatefulSet', 'db', {
    spec: { replicas: 0, serviceName, selector: { matchLabels: labels }, template },
  });
}

function roleBinding(role: string): KubernetesObject {
  const apiGroup = 'rbac.authorization.k8s.io';
  return object(`${apiGroup}/v1`, 'RoleBinding', 'binding', {
    roleRef: { apiGroup, kind: 'Role', name: role },
    subjects: [],
  });
}

function claim(storageClassName: string): KubernetesObject {
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage: '1Gi' } } };
  return object('v1', 'PersistentVolumeClaim', 'claim', { spec });
}

const configMap = (name: string, fields: Fields = {}) => object('v1', 'ConfigMap', name, fields);
const secret = (name: string, fields: Fields) => object('v1', 'Secret', name, fields);
const service = (spec: Fields) => object('v1', 'Service', 'web', { spec: { ports: [{ port: 80 }], ...spec } });
const shop = (spec: Fields) => object('lab.trueup.dev/v1', 'Shop', 'shop', { spec });
const env = (...names: string[]) => ({ env: names.map((name) => ({ name, value: '1' })) });
const noUid = '00000000-0000-0000-0000-000000000000';

function withMetadata(of: KubernetesObject, metadata: Fields): KubernetesObject {
  return { ...of, metadata: { ...of.metadata, ...metadata } };
}

const tutorial = { selector: undefined, template: { spec: { containers: [{ name: 'nginx', image: 'nginx' }] } } };

export const refusals: Refusal[] = [
  { name: 'deployment-of-the-tutorials', applies: deployment('nginx', tutorial) },
  { name: 'tutorial-over-what-runs', after: deployment('running'), applies: deployment('running', tutorial) },
  { name: 'undeclared-field', applies: deployment('web', { foo: 1 }) },
  { name: 'duplicate-env', applies: deployment('web', {}, env('A', 'B', 'A')) },
  {
    name: 'duplicate-env-and-port',
    applies: deployment('web', {}, { ...env('A', 'A'), ports: [{ containerPort: 80 }, { containerPort: 80 }] }),
  },
  { name: 'wrong-types', applies: deployment('web', { replicas: 'three', paused: 'yes' }) },
  { name: 'unreadable-quantity', applies: deployment('web', {}, { resources: { requests: { cpu: 'lots' } } }) },
  { name: 'unreadable-name', applies: deployment('Web_1') },
  { name: 'other-uid', after: deployment('web'), applies: withMetadata(deployment('web'), { uid: noUid }) },
  { name: 'uid-of-nothing', applies: withMetadata(deployment('absent'), { uid: noUid }) },
  {
    name: 'old-resource-version',
    after: deployment('web'),
    applies: withMetadata(deployment('web'), { resourceVersion: '1' }),
  },
  { name: 'namespace-missing', applies: withMetadata(deployment('web'), { namespace: 'refusals-gone' }) },
  {
    name: 'namespace-terminating',
    applies: withMetadata(configMap('late'), { namespace: 'refusals-ending' }),
  },
  {
    name: 'immutable-selector',
    after: deployment('fixed'),
    applies: deployment('fixed', {
      selector: { matchLabels: { app: 'other' } },
      template: { metadata: { labels: { app: 'other' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    }),
  },
  { name: 'immutable-cluster-ip', after: service({}), applies: service({ clusterIP: '10.0.99.99' }) },
  { name: 'immutable-job', after: job('a'), applies: job('b', { completionMode: 'Indexed', completions: 1 }) },
  { name: 'immutable-stateful-set', after: statefulSet('a'), applies: statefulSet('b') },
  {
    name: 'immutable-config-map',
    after: configMap('fixed', { immutable: true, data: { a: '1' } }),
    applies: configMap('fixed', { immutable: true, data: { a: '2' } }),
  },
  { name: 'immutable-role-ref', after: roleBinding('a'), applies: roleBinding('b') },
  { name: 'immutable-claim', after: claim('a'), applies: claim('b') },
  { name: 'immutable-by-rule', after: shop({ size: 1, fixed: 'a' }), applies: shop({ size: 1, fixed: 'b' }) },
  { name: 'custom-undeclared-field', applies: shop({ size: 1, colour: 'red' }) },
  { name: 'custom-undeclared-in-a-list', applies: shop({ size: 1, shelves: [{ name: 'a', colour: 'red' }] }) },
  { name: 'custom-duplicate-in-a-set', applies: shop({ size: 1, tags: ['new', 'old', 'new'] }) },
  {
    name: 'custom-duplicate-in-a-nested-list',
    applies: shop({ size: 1, shelves: [{ name: 'a', books: [{ isbn: '1' }, { isbn: '2' }, { isbn: '1' }] }] }),
  },
  {
    name: 'duplicate-finalizer',
    applies: withMetadata(configMap('held'), { finalizers: ['a.example/b', 'a.example/b'] }),
  },
  { name: 'custom-schema', applies: shop({ size: 0, currency: 'shells' }) },
  { name: 'custom-too-large-for-etcd', applies: shop({ size: 1, free: { text: 'x'.repeat(2_200_000) } }) },
  { name: 'too-large-for-the-server', applies: configMap('huge', { data: { text: 'x'.repeat(4_000_000) } }) },
  { name: 'too-large-for-a-config-map', applies: configMap('large', { data: { text: 'x'.repeat(1_200_000) } }) },
  { name: 'admission-policy', applies: configMap('bad', { data: { forbidden: 'yes' } }) },
  { name: 'admission-policy-on-secret', applies: secret('bad', { data: { forbidden: 'aHVudGVyMg==' } }) },
  {
    name: 'admission-webhook-unreachable',
    applies: object('v1', 'PodTemplate', 'any', { template: { spec: { containers: [{ name: 'c', image: 'c' }] } } }),
  },
  {
    name: 'pod-security',
    applies: object('v1', 'Pod', 'unsafe', { spec: { containers: [{ name: 'c', image: 'c' }] } }),
  },
  { name: 'quota', applies: cronJob() },
  { name: 'forbidden-patch', as: 'restricted', applies: deployment('web') },
  { name: 'forbidden-create', as: 'restricted', applies: configMap('new') },
  {
    name: 'forbidden-escalation',
    as: 'restricted',
    applies: object('rbac.authorization.k8s.io/v1', 'Role', 'more', {
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    }),
  },
  { name: 'secret-not-base64', applies: secret('credentials', { data: { password: 'hunter2!' } }) },
  { name: 'secret-number', applies: secret('credentials', { stringData: { password: 4711 } }) },
  {
    name: 'secret-not-json',
    applies: secret('registry', {
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from('{hunter2').toString('base64') },
    }),
  },
  {
    name: 'secret-type',
    after: secret('typed', { type: 'Opaque', data: {} }),
    applies: secret('typed', { type: 'kubernetes.io/tls', data: {} }),
  },
  { name: 'secret-label', applies: withMetadata(secret('labelled', {}), { labels: { password: 'hunter 2' } }) },
];
