/** Discovery asks little, remembers, asks again for what it does not know, and does not take silence for absence. */
import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { type Asked, apiDouble, configMap, type Reply, status } from './api-double.ts';

const all = ['get', 'list', 'patch', 'delete'];
const resource = (plural: string, kind: string, scope = 'Namespaced') => ({
  resource: plural,
  responseKind: { group: '', version: '', kind },
  scope,
  verbs: all,
  subresources: [{ subresource: 'status', responseKind: { kind }, verbs: ['get'] }],
});

const core = [
  {
    metadata: {},
    versions: [{ version: 'v1', freshness: 'Current', resources: [resource('nodes', 'Node', 'Cluster')] }],
  },
];
const apps = {
  metadata: { name: 'apps' },
  versions: [{ version: 'v1', freshness: 'Current', resources: [resource('deployments', 'Deployment')] }],
};
const stale = { metadata: { name: 'metrics.k8s.io' }, versions: [{ version: 'v1', freshness: 'Stale' }] };
const shops = {
  metadata: { name: 'lab.trueup.dev' },
  versions: [{ version: 'v1', freshness: 'Current', resources: [resource('shops', 'Shop')] }],
};

function serving(groups: () => unknown[]) {
  return ({ path }: Asked): Reply => {
    if (path === '/version') return { json: { gitVersion: 'v1.36.3' } };
    return { json: { kind: 'APIGroupDiscoveryList', items: path === '/api' ? core : groups() } };
  };
}

const none = () => status(404, 'nothing');
const shop = { apiVersion: 'lab.trueup.dev/v1', kind: 'Shop', namespace: 'shop', name: 'a' };

test('discovery takes two requests and the version, and tells helm what it wants to know', async (t) => {
  const { cluster, asked } = await apiDouble(t, none, { discovery: serving(() => [apps]) });
  const facts = await cluster.facts();
  deepEqual(facts, {
    kubeVersion: 'v1.36.3',
    apiVersions: ['v1', 'apps/v1', 'v1/Node', 'apps/v1/Deployment'],
    kinds: [
      { apiVersion: 'v1', kind: 'Node', plural: 'nodes', namespaced: false, verbs: all },
      { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments', namespaced: true, verbs: all },
    ],
  });
  await cluster.facts();
  deepEqual(asked.map(({ path }) => path).toSorted(), ['/api', '/apis', '/version']);
  await cluster.facts({ fresh: true });
  equal(asked.length, 6);
});

test('discovery shared by many callers is asked once', async (t) => {
  const { cluster, asked } = await apiDouble(t, none, { discovery: serving(() => [apps]) });
  await Promise.all(Array.from({ length: 50 }, () => cluster.read(shop)));
  equal(asked.filter(({ path }) => path === '/apis').length, 1);
});

test('discovery looks again for a kind it does not know, but not for each object of it', async (t) => {
  let groups: unknown[] = [apps];
  const { cluster, asked } = await apiDouble(t, () => ({ json: { ...configMap('a'), kind: 'Shop' } }), {
    discovery: serving(() => groups),
    limits: { askAgainMs: 20 },
  });
  equal(await cluster.read(shop), null);
  groups = [apps, shops];
  await new Promise((resolve) => setTimeout(resolve, 30));
  equal((await cluster.read(shop))?.metadata.name, 'a');
  equal(asked.at(-1)?.path, '/apis/lab.trueup.dev/v1/namespaces/shop/shops/a');
  equal(asked.filter(({ path }) => path === '/apis').length, 2);
});

test('discovery does not call a kind absent while the server behind it is silent', async (t) => {
  const { cluster } = await apiDouble(t, none, { discovery: serving(() => [stale]) });
  const pod = { apiVersion: 'metrics.k8s.io/v1', kind: 'PodMetrics', namespace: 'shop', name: 'a' };
  const failed = (error: unknown) => error instanceof Fault && error.code === 'cluster.failed';
  await rejects(cluster.read(pod), failed);
  await rejects(cluster.remove(pod, { uid: 'u', propagation: 'Background' }), failed);
});

test('discovery of a server that knows only the classic form gives the same facts', async (t) => {
  const resources = (...entries: [string, string, boolean][]) => ({
    resources: entries.map(([name, kind, namespaced]) => ({ name, kind, namespaced, verbs: all })),
  });
  const answers: Record<string, Reply> = {
    '/version': { json: { gitVersion: 'v1.25.0' } },
    '/api': { json: { kind: 'APIVersions', versions: ['v1'] } },
    '/apis': {
      json: {
        kind: 'APIGroupList',
        groups: [
          { name: 'apps', versions: [{ groupVersion: 'apps/v1' }] },
          { name: 'metrics.k8s.io', versions: [{ groupVersion: 'metrics.k8s.io/v1' }] },
        ],
      },
    },
    '/api/v1': { json: resources(['nodes', 'Node', false], ['nodes/status', 'Node', false]) },
    '/apis/apps/v1': { json: resources(['deployments', 'Deployment', true], ['deployments/scale', 'Scale', true]) },
    '/apis/metrics.k8s.io/v1': status(503, 'service unavailable'),
  };
  const reply = ({ path }: Asked) => answers[path] ?? status(404, path);
  const { cluster } = await apiDouble(t, reply, { discovery: reply });
  const { kubeVersion, apiVersions, kinds } = await cluster.facts();
  equal(kubeVersion, 'v1.25.0');
  deepEqual(apiVersions, ['v1', 'apps/v1', 'metrics.k8s.io/v1', 'v1/Node', 'apps/v1/Deployment']);
  deepEqual(
    kinds.map(({ plural, namespaced }) => ({ plural, namespaced })),
    [
      { plural: 'nodes', namespaced: false },
      { plural: 'deployments', namespaced: true },
    ],
  );
  const pod = { apiVersion: 'metrics.k8s.io/v1', kind: 'PodMetrics', namespace: 'shop', name: 'a' };
  await rejects(cluster.read(pod), (error) => error instanceof Fault && error.code === 'cluster.failed');
});

test('discovery that is forbidden says what to grant', async (t) => {
  const refused = () => status(403, 'forbidden: User "ann" cannot get path "/version"');
  const { cluster } = await apiDouble(t, none, { discovery: refused });
  await rejects(cluster.facts(), (error) => error instanceof Fault && error.code === 'cluster.forbidden');
});
