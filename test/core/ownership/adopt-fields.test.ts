import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addPaths, type FieldPath, fieldPaths, ownsPath } from '../../../lib/core/drift/field-paths.ts';
import type { DriftRules } from '../../../lib/core/drift/find-drift.ts';
import { defaultHandTools } from '../../../lib/core/drift/hand-tools.ts';
import type { FieldsV1, KubernetesObject, ManagedFieldsEntry } from '../../../lib/core/object/kubernetes-object.ts';
import { adoptFields } from '../../../lib/core/ownership/adopt-fields.ts';
import { aDeployment } from '../drift/a-deployment.ts';

const rules: DriftRules = {
  handTools: defaultHandTools,
  keeps: () => false,
  ignores: () => false,
  pare: (value) => value,
};
const by = (manager: string, fieldsV1: FieldsV1, more: Partial<ManagedFieldsEntry> = {}): ManagedFieldsEntry => ({
  manager,
  operation: 'Update',
  apiVersion: 'apps/v1',
  fieldsV1,
  ...more,
});
const web = (entries: ManagedFieldsEntry[], metadata: Partial<KubernetesObject['metadata']> = {}): KubernetesObject => {
  const live = aDeployment();
  return { ...live, metadata: { ...live.metadata, ...metadata, managedFields: entries } };
};
const adopt = (
  live: KubernetesObject,
  given: Partial<DriftRules> = {},
  more: { isGivenUp?: (path: FieldPath) => boolean; alsoFrom?: string[] } = {},
) =>
  adoptFields(live, { ...rules, ...given }, { apiVersion: 'apps/v1', isGivenUp: () => false, alsoFrom: [], ...more });
const ownedBy = (entries: ManagedFieldsEntry[] | null, manager: string) =>
  entries?.find((entry) => entry.manager === manager)?.fieldsV1;

const replicas: FieldsV1 = { 'f:spec': { 'f:replicas': {} } };
const label = (name: string): FieldsV1 => ({ 'f:metadata': { 'f:labels': { [`f:${name}`]: {} } } });
const annotation = (name: string): FieldsV1 => ({ 'f:metadata': { 'f:annotations': { [`f:${name}`]: {} } } });
const onPods = (name: string): FieldsV1 => ({
  'f:spec': { 'f:template': { 'f:metadata': { 'f:annotations': { [`f:${name}`]: {} } } } },
});
const both = (one: FieldsV1, other: FieldsV1) => addPaths(one, fieldPaths(other));

for (const { manager, operation = 'Update' } of [
  { manager: 'kubectl-client-side-apply' },
  { manager: 'kubectl', operation: 'Apply' },
  { manager: 'kubectl-create' },
  { manager: 'kubectl-edit' },
  { manager: 'before-first-apply' },
  { manager: 'argocd-controller' },
  { manager: 'argocd-controller', operation: 'Apply' },
  { manager: 'argocd-application-controller' },
  { manager: 'kustomize-controller', operation: 'Apply' },
  { manager: 'helm-controller' },
  { manager: 'helm' },
  { manager: 'trueup' },
] as const) {
  test(`adopt-fields makes what ${manager} owns by ${operation} ours, and nobody else goes on owning it`, () => {
    const owns = both(label('app'), replicas);
    const entries = adopt(web([by(manager, owns, { operation }), by('kube-controller-manager', label('other'))]));
    deepEqual(
      entries?.map((entry) => [entry.manager, entry.operation, entry.fieldsV1]),
      [
        ['kube-controller-manager', 'Update', label('other')],
        ['trueup', 'Apply', owns],
      ],
    );
  });
}

test('adopt-fields has nothing to do where only controllers wrote', () => {
  equal(
    adopt(web([by('some-operator', label('a')), by('kubectl', { 'f:status': {} }, { subresource: 'status' })])),
    null,
  );
});

test('adopt-fields is done after it was done', () => {
  const entries = adopt(web([by('helm', label('a'))])) ?? [];
  equal(adopt(web(entries)), null);
});

test('adopt-fields goes on where a sync was cut off in between', () => {
  const begun = by('trueup', label('app'), { operation: 'Apply' });
  deepEqual(ownedBy(adopt(web([begun, by('helm', replicas)])), 'trueup'), both(label('app'), replicas));
});

test('adopt-fields takes the annotation of client-side apply along, so that it goes', () => {
  const last = annotation('kubectl.kubernetes.io/last-applied-configuration');
  const entries = adopt(web([by('kubectl-client-side-apply', both(last, replicas))]));
  deepEqual(ownedBy(entries, 'trueup'), both(last, replicas));
});

for (const [place, name] of [
  ['annotations', 'argocd.argoproj.io/tracking-id'],
  ['annotations', 'argocd.argoproj.io/installation-id'],
  ['annotations', 'meta.helm.sh/release-name'],
  ['annotations', 'meta.helm.sh/release-namespace'],
  ['labels', 'applications.argoproj.io/app-name'],
  ['labels', 'kustomize.toolkit.fluxcd.io/name'],
  ['labels', 'kustomize.toolkit.fluxcd.io/namespace'],
  ['labels', 'helm.toolkit.fluxcd.io/name'],
  ['labels', 'helm.toolkit.fluxcd.io/namespace'],
] as const) {
  const owned = place === 'labels' ? label(name) : annotation(name);

  test(`adopt-fields takes the mark ${name} from whoever owns it`, () => {
    const entries = adopt(web([by('some-operator', both(owned, label('a')))], { [place]: { [name]: 'x' } }));
    deepEqual(ownedBy(entries, 'some-operator'), label('a'));
    deepEqual(ownedBy(entries, 'trueup'), owned);
  });

  test(`adopt-fields takes the mark ${name} that nobody owns`, () => {
    deepEqual(ownedBy(adopt(web([], { [place]: { [name]: 'x' } })), 'trueup'), owned);
  });
}

for (const name of [
  'kubectl.kubernetes.io/restartedAt',
  'argocd.argoproj.io/tracking-id',
  'meta.helm.sh/release-name',
]) {
  test(`adopt-fields leaves ${name} on pods, which would be made anew, to nobody`, () => {
    const entries = adopt(web([by('argocd-controller', both(onPods(name), replicas))]));
    deepEqual(
      entries?.map(({ manager }) => manager),
      ['trueup'],
    );
    deepEqual(ownedBy(entries, 'trueup'), replicas);
  });
}

test('adopt-fields leaves what is ignored as it is: it becomes nobody’s', () => {
  const live = web([by('argocd-controller', both(label('app'), replicas))]);
  const entries = adopt(live, { ignores: (path) => path.includes('f:replicas') });
  deepEqual(
    entries?.map(({ fieldsV1 }) => fieldsV1),
    [label('app')],
  );
});

test('adopt-fields gives up what the apply is to leave out', () => {
  const live = web([by('argocd-controller', both(label('app'), replicas))]);
  const entries = adopt(live, {}, { isGivenUp: (path) => path.includes('f:replicas') });
  deepEqual(ownedBy(entries, 'trueup'), label('app'));
});

test('adopt-fields leaves what a controller owns too to that controller', () => {
  const scaler = by('kube-controller-manager', replicas, { subresource: 'scale' });
  const entries = adopt(web([by('helm', both(label('app'), replicas)), scaler]));
  deepEqual(ownedBy(entries, 'trueup'), label('app'));
  deepEqual(ownedBy(entries, 'kube-controller-manager'), replicas);
});

test('adopt-fields leaves a manager its fields where ClientSideApplyMigration=false', () => {
  const live = web([by('kubectl-client-side-apply', replicas)]);
  equal(adopt(live, { keeps: ({ manager }) => manager === 'kubectl-client-side-apply' }), null);
});

test('adopt-fields takes over from a manager that the Application names', () => {
  const live = web([by('our-pipeline', replicas)]);
  equal(adopt(live), null);
  deepEqual(ownedBy(adopt(live, {}, { alsoFrom: ['our-pipeline'] }), 'trueup'), replicas);
});

test('adopt-fields keeps the version that the fields were written in, and of others only metadata', () => {
  const old = by('helm', both(label('app'), replicas), { apiVersion: 'apps/v1beta1' });
  const entries = adopt(web([old]));
  equal(entries?.at(-1)?.apiVersion, 'apps/v1beta1');
  const mixed = adopt(web([old, by('kubectl-edit', label('team'))]));
  equal(mixed?.at(-1)?.apiVersion, 'apps/v1');
  deepEqual(ownedBy(mixed, 'trueup'), both(label('app'), label('team')));
});

const someLabels = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
  .map((names) => names.reduce<FieldsV1>((all, name) => both(all, label(name)), {}));
const tool = fc.constantFrom('argocd-controller', 'helm', 'kustomize-controller', 'kubectl-edit');

test('adopt-fields leaves no field to a tool, takes none from a controller, and is then done', () => {
  fc.assert(
    fc.property(tool, someLabels, someLabels, (manager, byTool, byController) => {
      const live = web([by(manager, byTool), by('some-operator', byController)]);
      const entries = adopt(live) ?? [];
      equal(ownedBy(entries, manager), undefined);
      deepEqual(ownedBy(entries, 'some-operator'), byController);
      for (const path of fieldPaths(byTool))
        ok(ownsPath(ownedBy(entries, 'trueup') ?? {}, path) || ownsPath(byController, path), path.join('/'));
      equal(adopt(web(entries)), null);
    }),
  );
});
