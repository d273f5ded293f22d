import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addPaths, type FieldPath, fieldPaths, ownsPath, removePaths } from '../../../lib/core/drift/field-paths.ts';
import type { DriftRules } from '../../../lib/core/drift/find-drift.ts';
import { defaultHandTools } from '../../../lib/core/drift/hand-tools.ts';
import { takeOverFields } from '../../../lib/core/drift/take-over-fields.ts';
import type { FieldsV1, KubernetesObject, ManagedFieldsEntry } from '../../../lib/core/object/kubernetes-object.ts';
import { aDeployment, edited, inContainer, ours } from './a-deployment.ts';

const rules: DriftRules = {
  handTools: defaultHandTools,
  keeps: () => false,
  ignores: () => false,
  pare: (value) => value,
};
const take = (
  live: KubernetesObject,
  recorded: FieldsV1 = ours,
  given: Partial<DriftRules> = {},
  isGivenUp: (path: FieldPath) => boolean = () => false,
) => takeOverFields(live, recorded, { ...rules, ...given }, { apiVersion: 'apps/v1', isGivenUp });
const fieldsOf = (entries: ManagedFieldsEntry[] | null, manager: string) =>
  entries?.find((entry) => entry.manager === manager)?.fieldsV1;

const replicas: FieldsV1 = { 'f:spec': { 'f:replicas': {} } };
const withoutReplicas = (fields: FieldsV1) => removePaths(fields, [['f:spec', 'f:replicas']]);
const label = (name: string): FieldsV1 => ({ 'f:metadata': { 'f:labels': { [`f:${name}`]: {} } } });
const restartedAt: FieldsV1 = {
  'f:spec': {
    'f:template': { 'f:metadata': { 'f:annotations': { '.': {}, 'f:kubectl.kubernetes.io/restartedAt': {} } } },
  },
};
const controllers = aDeployment().metadata.managedFields?.filter(({ manager }) => manager !== 'trueup');

test('take-over-fields has nothing to do where nobody else wrote', () => equal(take(aDeployment()), null));

test('take-over-fields has nothing to do where only a controller wrote', () => {
  equal(take(edited({ manager: 'some-operator', owns: label('injected') })), null);
});

test('take-over-fields makes what a hand tool added ours, so that leaving it out removes it', () => {
  const entries = take(edited({ manager: 'kubectl-label', owns: label('team') }));
  deepEqual(fieldsOf(entries, 'trueup'), addPaths(ours, fieldPaths(label('team'))));
  deepEqual(entries?.slice(0, -1), controllers, 'the entry of the hand tool is gone, those of controllers stay');
});

test('take-over-fields takes back a field of ours that a hand tool took', () => {
  const live = edited({ manager: 'kubectl', subresource: 'scale', owns: replicas, takes: withoutReplicas });
  const entries = take(live);
  deepEqual(fieldsOf(entries, 'trueup'), ours);
  equal(fieldsOf(entries, 'kubectl'), undefined);
});

test('take-over-fields with ssa: Merge leaves a hand tool what it added', () => {
  equal(take(edited({ manager: 'kubectl-label', owns: label('team') }), ours, { keeps: () => true }), null);
});

test('take-over-fields takes an item with all that is in it', () => {
  const env = inContainer({ 'f:env': { 'k:{"name":"C"}': { '.': {}, 'f:name': {}, 'f:value': {} } } });
  deepEqual(fieldsOf(take(edited({ manager: 'kubectl-edit', owns: env })), 'trueup'), addPaths(ours, fieldPaths(env)));
});

test('take-over-fields leaves the mark of a restart to kubectl, and the map it lies in', () => {
  const owns = addPaths(restartedAt, fieldPaths(label('team')));
  const entries = take(edited({ manager: 'kubectl-rollout', owns }));
  deepEqual(fieldsOf(entries, 'kubectl-rollout'), restartedAt);
  deepEqual(fieldsOf(entries, 'trueup'), addPaths(ours, fieldPaths(label('team'))));
});

test('take-over-fields has nothing to do where all there is to take is left alone', () => {
  equal(take(edited({ manager: 'kubectl-rollout', owns: restartedAt })), null);
});

test('take-over-fields leaves what the Application wants ignored to its owner', () => {
  const live = edited({ manager: 'kubectl', subresource: 'scale', owns: replicas, takes: withoutReplicas });
  equal(take(live, ours, { ignores: (path) => path.includes('f:replicas') }), null);
});

test('take-over-fields leaves what a controller owns too to that controller', () => {
  const scaled = edited({ manager: 'kubectl', subresource: 'scale', owns: replicas, takes: withoutReplicas });
  const live = edited({ manager: 'kube-controller-manager', subresource: 'scale', owns: replicas }, scaled);
  equal(take(live), null);
});

test('take-over-fields puts back what our entry lost, and what left it with the record', () => {
  const live = edited({ manager: 'stripper', takes: withoutReplicas });
  deepEqual(fieldsOf(take(live), 'trueup'), ours);
});

test('take-over-fields makes our entry anew where managedFields were stripped', () => {
  const bare = aDeployment();
  delete bare.metadata.managedFields;
  deepEqual(take(bare), [
    { manager: 'trueup', operation: 'Apply', apiVersion: 'apps/v1', fieldsType: 'FieldsV1', fieldsV1: ours },
  ]);
});

test('take-over-fields takes over what was written under our name as a whole, or it would stay for ever', () => {
  const entries = take(edited({ manager: 'trueup', owns: label('x') }));
  ok(JSON.stringify(fieldsOf(entries, 'trueup')).includes('"f:x"'));
  deepEqual(
    entries?.filter(({ manager, operation }) => manager === 'trueup' && operation === 'Update'),
    [],
  );
});

test('take-over-fields takes over from another tool that marks our object as its own', () => {
  const mark: FieldsV1 = { 'f:metadata': { 'f:labels': { 'f:kustomize.toolkit.fluxcd.io/name': {} } } };
  const live = edited({
    manager: 'kustomize-controller',
    owns: addPaths(mark, fieldPaths(replicas)),
    takes: withoutReplicas,
  });
  equal(take(live), null, 'without the mark it is a controller like any other');
  const labels = { ...live.metadata.labels, 'kustomize.toolkit.fluxcd.io/name': 'apps' };
  const entries = take({ ...live, metadata: { ...live.metadata, labels } });
  deepEqual(fieldsOf(entries, 'trueup'), addPaths(ours, fieldPaths(mark)));
  equal(fieldsOf(entries, 'kustomize-controller'), undefined);
});

const someLabels = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
  .map((names) => names.reduce<FieldsV1>((all, name) => addPaths(all, fieldPaths(label(name))), {}));

test('take-over-fields owns in the end all that was ours or a hand’s, loses nothing of others, and is then done', () => {
  fc.assert(
    fc.property(someLabels, someLabels, someLabels, (byHand, byController, lost) => {
      const handed = edited({
        manager: 'kubectl-label',
        owns: byHand,
        takes: (fields) => removePaths(fields, fieldPaths(lost)),
      });
      const live = edited({ manager: 'some-operator', owns: byController }, handed);
      const recorded = addPaths(ours, fieldPaths(lost));
      const entries = take(live, recorded) ?? live.metadata.managedFields ?? [];
      const mine = fieldsOf(entries, 'trueup') ?? {};
      for (const path of [...fieldPaths(byHand), ...fieldPaths(recorded)])
        ok(ownsPath(mine, path) || ownsPath(byController, path), path.join('/'));
      deepEqual(fieldsOf(entries, 'some-operator'), byController);
      equal(take({ ...live, metadata: { ...live.metadata, managedFields: entries } }, recorded), null);
    }),
  );
});

test('take-over-fields gives up what the apply is to leave out, and keeps the rest', () => {
  const entries = take(aDeployment(), ours, {}, (path) => path.includes('f:replicas'));
  deepEqual(fieldsOf(entries, 'trueup'), withoutReplicas(ours));
});
