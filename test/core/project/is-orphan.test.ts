import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { noCustomizations } from '../../../lib/core/customization/no-customizations.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { defaultProject } from '../../../lib/core/project/default-project.ts';
import { isOrphan } from '../../../lib/core/project/is-orphan.ts';
import { orphanWarnings } from '../../../lib/core/project/orphan-warnings.ts';
import type { OrphanedResources } from '../../../lib/core/project/project.ts';

const orphanage = {
  project: { ...defaultProject(), namespaceResourceBlacklist: [{ group: '', kind: 'Secret', name: '*' }] },
  ignore: [],
  cluster: 'prod',
  customizations: noCustomizations(),
  owned: new Set(['ConfigMap shop/ours']),
};

function live(kind: string, name: string, more: Partial<KubernetesObject['metadata']> = {}): KubernetesObject {
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  return { apiVersion, kind, metadata: { name, namespace: 'shop', ...more } };
}
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: '1' };

for (const [it, object, gives] of [
  ['is what nobody has', live('ConfigMap', 'lost'), true],
  ['is not what an Application has', live('ConfigMap', 'ours'), false],
  ['is not what has an owner', live('Pod', 'web-1', { ownerReferences: [owner] }), false],
  ['is not a hook', live('ConfigMap', 'job', { labels: { 'trueup.dev/hook-of': 'shop' } }), false],
  ['is not the default account', live('ServiceAccount', 'default'), false],
  ['is another account', live('ServiceAccount', 'bot'), true],
  ['is not the certificate of the cluster', live('ConfigMap', 'kube-root-ca.crt'), false],
  ['is not the Service of the API server', live('Service', 'kubernetes', { namespace: 'default' }), false],
  ['is a Service of that name elsewhere', live('Service', 'kubernetes'), true],
  ['is not of a kind that the project denies', live('Secret', 'lost'), false],
  ['is not of a kind that is excluded', live('Endpoints', 'lost'), false],
  ['is not an event', live('Event', 'lost'), false],
] as [string, KubernetesObject, boolean][])
  test(`is-orphan ${it}`, () => equal(isOrphan(object, orphanage), gives));

for (const [it, rule, ignored] of [
  ['a kind', { kind: 'ConfigMap' }, true],
  ['a glob of names', { kind: 'ConfigMap', name: 'l*' }, true],
  ['another name', { kind: 'ConfigMap', name: 'x' }, false],
  ['the core group', {}, true],
  ['another group', { group: 'apps' }, false],
  ['every group', { group: '*', name: 'lost' }, true],
] as [string, Partial<OrphanedResources['ignore'][number]>, boolean][])
  test(`is-orphan: ignore means ${it}`, () => {
    const ignore = [{ group: '', kind: '', name: '', ...rule }];
    equal(isOrphan(live('ConfigMap', 'lost'), { ...orphanage, ignore }), !ignored);
  });

test('orphan-warnings names three of them', () => {
  const objects = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ group: '', kind: 'Pod', namespace: 'shop', name }));
  const place = { namespace: 'shop', cluster: 'prod' };
  equal(
    orphanWarnings({ ...place, objects })[0],
    'in shop of prod belong to no Application: Pod shop/a, Pod shop/b, Pod shop/c, and 2 more; see `trueup orphans`',
  );
  equal(orphanWarnings({ ...place, objects: [] }).length, 0);
});
