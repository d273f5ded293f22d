import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { removePaths } from '../../../lib/core/drift/field-paths.ts';
import { defaultHandTools } from '../../../lib/core/drift/hand-tools.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { compareWithGit } from '../../../lib/core/recovery/compare-with-git.ts';
import { aDeployment, containerOf, edited, inContainer, ours, specOf, template } from '../drift/a-deployment.ts';
import { aDesired, means } from '../plan/a-desired.ts';

const rules = {
  handTools: defaultHandTools,
  keeps: () => false,
  ignores: () => false,
  pare: (value: unknown) => value,
};
const wanted = aDesired(aDeployment());
const compare = (live: KubernetesObject, rehearsal: KubernetesObject | null = aDeployment()) =>
  compareWithGit({ wanted, live, rehearsal }, rules, means);

const image = [...template, 'f:image'];
const byHand = edited({
  manager: 'kubectl-set',
  owns: inContainer({ 'f:image': {} }),
  takes: (fields) => removePaths(fields, [image]),
  change: (object) => Object.assign(containerOf(object), { image: 'nginx:evil' }),
});
const gitMoved = edited({
  manager: 'somebody',
  change: (object) => Object.assign(containerOf(object), { image: 'nginx:0' }),
});
const scaled = edited({
  manager: 'kube-controller-manager',
  subresource: 'scale',
  owns: { 'f:spec': { 'f:replicas': {} } },
  takes: (fields) => removePaths(fields, [['f:spec', 'f:replicas']]),
  change: (object) => Object.assign(specOf(object), { replicas: 9 }),
});
const restarted = edited({
  manager: 'kubectl-rollout',
  owns: { 'f:metadata': { 'f:annotations': { 'f:kubectl.kubernetes.io/restartedAt': {} } } },
});
const droppedFromGit = edited({ manager: 'trueup' });
const without = (path: readonly string[]): KubernetesObject => {
  const object = aDeployment();
  const managedFields = [{ manager: 'trueup', operation: 'Apply' as const, fieldsV1: removePaths(ours, [path]) }];
  return { ...object, metadata: { ...object.metadata, managedFields } };
};

for (const { it, live, rehearsal, gives } of [
  { it: 'what is as Git wants it', live: aDeployment(), gives: 'same' },
  { it: 'what was written since, and is as Git wants it', live: restarted, gives: 'same' },
  { it: 'what an autoscaler governs', live: scaled, gives: 'same' },
  { it: 'what a hand tool changed', live: byHand, gives: 'edited' },
  { it: 'what differs and nobody put his name to', live: gitMoved, gives: 'differs' },
  { it: 'a field that Git no longer has', live: droppedFromGit, rehearsal: without(image), gives: 'differs' },
  { it: 'what the API server refuses', live: aDeployment(), rehearsal: null, gives: 'differs' },
  {
    it: 'what was applied in another version',
    live: { ...aDeployment(), apiVersion: 'apps/v1beta1' },
    gives: 'differs',
  },
  {
    it: 'what the server would make anew',
    live: { ...aDeployment(), metadata: { ...aDeployment().metadata, uid: 'uid-2' } },
    gives: 'differs',
  },
])
  test(`compare-with-git calls ${it} ${gives}`, () => equal(compare(live, rehearsal).verdict, gives));

test('compare-with-git records what is the same as if it had just been applied, so that nothing is left to do', () => {
  const { recorded } = compare(aDeployment());
  deepEqual([recorded.desiredHash, recorded.applied?.resourceVersion], [wanted.hash, '10']);
});

test('compare-with-git records what was edited as it ought to be, so that it is found as drift', () => {
  const { recorded } = compare(byHand);
  deepEqual(
    [recorded.desiredHash, recorded.applied?.resourceVersion, recorded.applied?.fieldsV1],
    [wanted.hash, '', ours],
  );
});

test('compare-with-git records what differs as it is, so that the next sync applies it', () => {
  const { recorded } = compare(gitMoved);
  deepEqual([recorded.desiredHash, recorded.applied?.resourceVersion], ['', '11']);
});
