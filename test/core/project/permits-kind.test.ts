import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { permitsKind } from '../../../lib/core/project/permits-kind.ts';
import type { PermittedKind } from '../../../lib/core/project/project.ts';

const nothing = {
  clusterResourceWhitelist: [],
  clusterResourceBlacklist: [],
  namespaceResourceWhitelist: null,
  namespaceResourceBlacklist: [],
};
const of = (text: string): PermittedKind => {
  const [group = '', kind = '', name = '*'] = text.split(':');
  return { group, kind, name };
};
const role = { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', namespace: '', name: 'shop-reader' };
const deployment = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };
const service = { group: '', kind: 'Service', namespace: 'shop', name: 'web' };
const knative = { ...service, group: 'serving.knative.dev' };

const cluster = (...list: string[]) => ({ clusterResourceWhitelist: list.map(of) });
const notCluster = (...list: string[]) => ({ clusterResourceBlacklist: list.map(of) });
const namespaced = (...list: string[]) => ({ namespaceResourceWhitelist: list.map(of) });
const notNamespaced = (...list: string[]) => ({ namespaceResourceBlacklist: list.map(of) });

for (const { it, lists, key, permitted } of [
  { it: 'has no cluster-scoped kind by default (!)', lists: {}, key: role, permitted: false },
  { it: 'has every namespaced kind by default', lists: {}, key: deployment, permitted: true },
  { it: 'has no namespaced kind with an empty list (!)', lists: namespaced(), key: deployment, permitted: false },
  { it: 'has the kinds of the list', lists: namespaced('apps:Deployment'), key: deployment, permitted: true },
  { it: 'has no other kind', lists: namespaced('apps:StatefulSet'), key: deployment, permitted: false },
  { it: 'tells groups apart', lists: namespaced(':Service'), key: knative, permitted: false },
  { it: 'does not take the core group for all', lists: namespaced(':*'), key: deployment, permitted: false },
  {
    it: 'denies a kind in one group only',
    lists: notNamespaced('serving.knative.dev:Service'),
    key: service,
    permitted: true,
  },
  { it: 'denies a kind in every group', lists: notNamespaced('*:Service'), key: knative, permitted: false },
  { it: 'knows globs of kinds', lists: namespaced('apps:*Set'), key: deployment, permitted: false },
  { it: 'knows globs of groups', lists: cluster('*.k8s.io:*'), key: role, permitted: true },
  { it: 'is exact about case', lists: namespaced('apps:deployment'), key: deployment, permitted: false },
  {
    it: 'lets the denial win',
    lists: { ...namespaced('*:*'), ...notNamespaced('apps:*') },
    key: deployment,
    permitted: false,
  },
  {
    it: 'lets the denial win in the cluster',
    lists: { ...cluster('*:*'), ...notCluster('*:Cluster*') },
    key: role,
    permitted: false,
  },
  { it: 'tells cluster-scoped objects by name', lists: cluster('*:ClusterRole:shop-*'), key: role, permitted: true },
  { it: 'has no other name', lists: cluster('*:ClusterRole:web-*'), key: role, permitted: false },
  { it: 'denies by name', lists: { ...cluster('*:*'), ...notCluster('*:*:shop-*') }, key: role, permitted: false },
  {
    it: 'does not take * of namespaced kinds for cluster-scoped ones',
    lists: namespaced('*:*'),
    key: role,
    permitted: false,
  },
  {
    it: 'does not take * of cluster-scoped kinds for namespaced ones',
    lists: { ...cluster('*:*'), ...namespaced() },
    key: deployment,
    permitted: false,
  },
])
  test(`permits-kind ${it}`, () => equal(permitsKind({ ...nothing, ...lists }, key), permitted));
