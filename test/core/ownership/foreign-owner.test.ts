import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { defaultHandTools } from '../../../lib/core/drift/hand-tools.ts';
import type { KubernetesObject, ManagedFieldsEntry } from '../../../lib/core/object/kubernetes-object.ts';
import { foreignOwner, markedOwner, sayOwner, toolOf } from '../../../lib/core/ownership/foreign-owner.ts';

const web = (metadata: Partial<KubernetesObject['metadata']>): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
});
const written = (...managers: string[]): ManagedFieldsEntry[] =>
  managers.map((manager) => ({ manager, operation: 'Update' }));
const argo = (id: string) => web({ annotations: { 'argocd.argoproj.io/tracking-id': id } });

for (const { it, given, gives } of [
  {
    it: 'names the Application of Argo CD',
    given: argo('web-prod:apps/Deployment:shop/web'),
    gives: 'Argo CD (web-prod)',
  },
  {
    it: 'names one in another namespace',
    given: argo('team_web:apps/Deployment:shop/web'),
    gives: 'Argo CD (team_web)',
  },
  {
    it: 'believes no tracking id that was copied from another object',
    given: argo('web-prod:apps/Deployment:shop/other'),
    gives: null,
  },
  { it: 'believes no tracking id of another kind', given: argo('web-prod:apps/StatefulSet:shop/web'), gives: null },
  {
    it: 'names the Kustomization of Flux',
    given: web({
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
    }),
    gives: 'Flux (flux-system/apps)',
  },
  {
    it: 'names the HelmRelease of Flux before the release',
    given: web({
      labels: { 'helm.toolkit.fluxcd.io/name': 'web', 'helm.toolkit.fluxcd.io/namespace': 'shop' },
      annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' },
    }),
    gives: 'Flux (shop/web)',
  },
  {
    it: 'names the release of Helm',
    given: web({ annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' } }),
    gives: 'Helm (shop/web)',
  },
  {
    it: 'knows Argo CD by its field manager where it tracks by label',
    given: web({ managedFields: written('kube-controller-manager', 'argocd-controller') }),
    gives: 'Argo CD',
  },
  { it: 'knows kubectl by its', given: web({ managedFields: written('kubectl-client-side-apply') }), gives: 'kubectl' },
  {
    it: 'takes what nobody knows for kubectl',
    given: web({ managedFields: written('before-first-apply') }),
    gives: 'kubectl',
  },
  { it: 'knows no other', given: web({ managedFields: written('some-operator', 'trueup') }), gives: null },
]) {
  test(`foreign-owner ${it}`, () => {
    const owner = foreignOwner(given);
    equal(owner === null ? null : sayOwner(owner), gives);
  });
}

test('foreign-owner: only a mark says that somebody goes on looking after it', () => {
  deepEqual(markedOwner(web({ managedFields: written('argocd-controller') })), null);
});

for (const { entry, gives } of [
  { entry: { manager: 'argocd-controller', operation: 'Apply' }, gives: 'Argo CD' },
  { entry: { manager: 'argocd-application-controller', operation: 'Update' }, gives: 'Argo CD' },
  { entry: { manager: 'kustomize-controller', operation: 'Apply' }, gives: 'Flux' },
  { entry: { manager: 'helm-controller', operation: 'Update' }, gives: 'Flux' },
  { entry: { manager: 'helm', operation: 'Update' }, gives: 'Helm' },
  { entry: { manager: 'kubectl', operation: 'Update', subresource: 'scale' }, gives: 'kubectl' },
  { entry: { manager: 'kubectl', operation: 'Update', subresource: 'status' }, gives: null },
  { entry: { manager: 'argocd-controller', operation: 'Update', subresource: 'status' }, gives: null },
  { entry: { manager: 'kube-controller-manager', operation: 'Update' }, gives: null },
  { entry: { manager: 'trueup', operation: 'Apply' }, gives: null },
] as const) {
  const { manager, operation } = entry;
  const below = 'subresource' in entry ? ` ${entry.subresource}` : '';
  test(`foreign-owner: an entry of ${manager} ${operation}${below} is ${gives ?? 'none'} of them`, () =>
    equal(toolOf(entry, defaultHandTools), gives));
}
