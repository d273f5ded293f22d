import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffObjects } from '../../../lib/core/event/diff-objects.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';

function aDeployment(container: object, spec: object = {}, metadata: object = {}): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'nginx', namespace: 'shop', ...metadata },
    spec: {
      replicas: 5,
      ...spec,
      template: {
        spec: {
          containers: [
            { name: 'side', image: 'envoy' },
            { name: 'web', image: 'nginx:1.29', ...container },
          ],
        },
      },
    },
  };
}

const web = 'spec.template.spec.containers[name=web]';

for (const { it, from, to, gives } of [
  { it: 'finds nothing between equals', from: aDeployment({}), to: aDeployment({}), gives: [] },
  {
    it: 'shows a scaled Deployment',
    from: aDeployment({}),
    to: aDeployment({}, { replicas: 2 }),
    gives: [{ path: 'spec.replicas', from: 5, to: 2 }],
  },
  {
    it: 'names list items by their merge key',
    from: aDeployment({
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    }),
    to: aDeployment({
      env: [
        { name: 'B', value: '3' },
        { name: 'A', value: '1' },
      ],
    }),
    gives: [{ path: `${web}.env[name=B].value`, from: '2', to: '3' }],
  },
  {
    it: 'shows the fields of what was added or removed',
    from: aDeployment({ env: [{ name: 'A', value: '1' }] }),
    to: aDeployment({ env: [{ name: 'B', valueFrom: { secretKeyRef: { name: 'db', key: 'p' } } }] }),
    gives: [
      { path: `${web}.env[name=A].value`, from: '1' },
      { path: `${web}.env[name=B].valueFrom.secretKeyRef.name`, to: 'db' },
      { path: `${web}.env[name=B].valueFrom.secretKeyRef.key`, to: 'p' },
    ],
  },
  {
    it: 'tells ports apart by number, and by protocol where they share it',
    from: aDeployment({
      ports: [
        { containerPort: 53, protocol: 'TCP' },
        { containerPort: 53, protocol: 'UDP' },
      ],
    }),
    to: aDeployment({
      ports: [
        { containerPort: 53, protocol: 'TCP', name: 'dns' },
        { containerPort: 53, protocol: 'UDP' },
      ],
    }),
    gives: [{ path: `${web}.ports[containerPort=53,protocol=TCP].name`, to: 'dns' }],
  },
  {
    it: 'tells volume mounts apart by their path, since two may share a volume',
    from: aDeployment({
      volumeMounts: [
        { name: 'v', mountPath: '/a' },
        { name: 'v', mountPath: '/b' },
      ],
    }),
    to: aDeployment({
      volumeMounts: [
        { name: 'v', mountPath: '/a', readOnly: true },
        { name: 'v', mountPath: '/b' },
      ],
    }),
    gives: [{ path: `${web}.volumeMounts[mountPath=/a].readOnly`, to: true }],
  },
  {
    it: 'shows an argument by its position',
    from: aDeployment({ args: ['--level', 'info'] }),
    to: aDeployment({ args: ['--level', 'debug'] }),
    gives: [{ path: `${web}.args[1]`, from: 'info', to: 'debug' }],
  },
  {
    it: 'shows a command line that grew as a whole',
    from: aDeployment({ args: ['a'] }),
    to: aDeployment({ args: ['b', 'a'] }),
    gives: [{ path: `${web}.args`, from: ['a'], to: ['b', 'a'] }],
  },
  {
    it: 'shows a changed order where that is all',
    from: aDeployment({ initContainers: [{ name: 'a' }, { name: 'b' }] }),
    to: aDeployment({ initContainers: [{ name: 'b' }, { name: 'a' }] }),
    gives: [{ path: `${web}.initContainers (order)`, from: ['name=a', 'name=b'], to: ['name=b', 'name=a'] }],
  },
  {
    it: 'quotes names that are no plain words',
    from: aDeployment({}, {}, { annotations: { 'example.com/team': 'a' } }),
    to: aDeployment({}, {}, { annotations: { 'example.com/team': 'b' } }),
    gives: [{ path: 'metadata.annotations["example.com/team"]', from: 'a', to: 'b' }],
  },
  {
    it: 'leaves out what the server and Trueup write by themselves',
    from: aDeployment({}, {}, { resourceVersion: '1', generation: 1 }),
    to: aDeployment(
      {},
      {},
      {
        resourceVersion: '2',
        generation: 2,
        uid: 'u',
        creationTimestamp: 'now',
        managedFields: [],
        labels: { 'trueup.dev/application': 'shop' },
        annotations: {
          'trueup.dev/tracking-id': 'x',
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
          'deployment.kubernetes.io/revision': '2',
        },
      },
    ),
    gives: [],
  },
  {
    it: 'leaves out the status',
    from: aDeployment({}),
    to: { ...aDeployment({}), status: { replicas: 3 } },
    gives: [],
  },
  {
    it: 'tells an empty map from an absent one, as ownership of fields does',
    from: aDeployment({}),
    to: aDeployment({ resources: {} }),
    gives: [{ path: `${web}.resources`, to: {} }],
  },
]) {
  test(`diff-objects ${it}`, () => deepEqual(diffObjects(from, to), gives));
}

test('diff-objects shows an object that comes or goes as one change without a path', () => {
  const map: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { k: 'v' } };
  deepEqual(diffObjects(null, map), [
    { path: '', to: { apiVersion: 'v1', kind: 'ConfigMap', data: { k: 'v' }, metadata: { name: 'a' } } },
  ]);
  deepEqual(
    diffObjects(map, null).map(({ path }) => path),
    [''],
  );
  deepEqual(diffObjects(null, null), []);
});

test('diff-objects says how many changes it left out', () => {
  const values = (value: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, value])),
  });
  const changes = diffObjects(values('a'), values('b'));
  equal(changes.length, 41);
  deepEqual(changes.at(-1), { path: '…', to: '10 more' });
});

test('diff-objects cuts a long text down to where it differs', () => {
  const text = (word: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { 'app.conf': `${'x = 1\n'.repeat(500)}level = ${word}\n${'y = 2\n'.repeat(500)}` },
  });
  const [change] = diffObjects(text('info'), text('debug'));
  equal(change?.path, 'data["app.conf"]');
  ok(String(change?.from).includes('level = info') && String(change?.to).includes('level = debug'));
  ok(String(change?.from).length < 200);
});

test('an object never differs from itself, and changes name only what differs', () => {
  const object = fc
    .dictionary(fc.string(), fc.jsonValue())
    .map((spec): KubernetesObject => ({ apiVersion: 'v1', kind: 'X', metadata: { name: 'a' }, spec }));
  fc.assert(fc.property(object, (one) => deepEqual(diffObjects(one, structuredClone(one)), [])));
  fc.assert(
    fc.property(object, object, (one, other) => {
      const changes = diffObjects(one, other);
      equal(changes.length > 0, JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other)));
      ok(changes.every((change) => JSON.stringify(change).length < 100_000));
    }),
  );
});

/** -0 is 0 in JSON, and the order of names means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => [name, sorted(item)]);
}
