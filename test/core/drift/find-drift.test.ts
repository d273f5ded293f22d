import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addPaths, fieldPaths, readablePath, removePaths } from '../../../lib/core/drift/field-paths.ts';
import { type DriftRules, describeDrift, findDrift, settle } from '../../../lib/core/drift/find-drift.ts';
import { defaultHandTools } from '../../../lib/core/drift/hand-tools.ts';
import type { FieldsV1, KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import {
  aDeployment,
  anApplied,
  containerOf,
  type Edit,
  edited,
  inContainer,
  specOf,
  template,
} from './a-deployment.ts';

const rules: DriftRules = {
  handTools: defaultHandTools,
  keeps: () => false,
  ignores: () => false,
  pare: (value) => value,
};
const replicas: FieldsV1 = { 'f:spec': { 'f:replicas': {} } };
const without =
  (...path: string[]) =>
  (fields: FieldsV1) =>
    removePaths(fields, [path]);
const scaleTo = (count: number) => (object: KubernetesObject) => {
  specOf(object).replicas = count;
};
const envC = 'k:{"name":"C"}';

const drifts: (Edit & { it: string; changed?: string[]; added?: string[]; by?: string[] })[] = [
  {
    it: 'kubectl scale',
    manager: 'kubectl',
    subresource: 'scale',
    owns: replicas,
    takes: without('f:spec', 'f:replicas'),
    change: scaleTo(2),
    changed: ['spec.replicas'],
    by: ['kubectl (scale)'],
  },
  {
    it: 'an action of ours that Git says otherwise',
    manager: 'trueup-action',
    owns: replicas,
    takes: without('f:spec', 'f:replicas'),
    change: scaleTo(2),
    changed: ['spec.replicas'],
    by: ['trueup-action'],
  },
  {
    it: 'kubectl set image',
    manager: 'kubectl-set',
    owns: inContainer({ 'f:image': {} }),
    takes: without(...template, 'f:image'),
    change: (object) => {
      containerOf(object).image = 'nginx:evil';
    },
    changed: ['spec.template.spec.containers[name=web].image'],
  },
  {
    it: 'kubectl edit that adds a variable',
    manager: 'kubectl-edit',
    owns: inContainer({ 'f:env': { [envC]: { '.': {}, 'f:name': {}, 'f:value': {} } } }),
    change: (object) => {
      containerOf(object).env.push({ name: 'C', value: '3' });
    },
    added: ['[name=C]', '[name=C].name', '[name=C].value'].map(
      (item) => `spec.template.spec.containers[name=web].env${item}`,
    ),
  },
  {
    it: 'kubectl edit that takes a variable away, which leaves no trace of who did it',
    manager: 'kubectl-edit',
    takes: without(...template, 'f:env', 'k:{"name":"A"}'),
    change: (object) => {
      containerOf(object).env = [];
    },
    changed: ['[name=A]', '[name=A].name', '[name=A].value'].map(
      (item) => `spec.template.spec.containers[name=web].env${item}`,
    ),
    by: [],
  },
  {
    it: 'kubectl label that adds one',
    manager: 'kubectl-label',
    owns: { 'f:metadata': { 'f:labels': { 'f:team': {} } } },
    change: (object) => {
      object.metadata.labels = { ...object.metadata.labels, team: 'x' };
    },
    added: ['metadata.labels.team'],
  },
  {
    it: 'kubectl label that takes ours away',
    manager: 'kubectl-label',
    takes: without('f:metadata', 'f:labels', 'f:app'),
    change: (object) => {
      object.metadata.labels = {};
    },
    changed: ['metadata.labels.app'],
    by: [],
  },
  {
    it: 'kubectl set resources, where Git wants none',
    manager: 'kubectl-set',
    owns: inContainer({ 'f:resources': { 'f:limits': { '.': {}, 'f:cpu': {} } } }),
    change: (object) => {
      containerOf(object).resources = { limits: { cpu: '1' } };
    },
    changed: ['spec.template.spec.containers[name=web].resources'],
    added: ['spec.template.spec.containers[name=web].resources.limits.cpu'],
  },
  {
    it: 'a server-side apply of kubectl that forces another value',
    manager: 'kubectl',
    operation: 'Apply',
    owns: replicas,
    takes: without('f:spec', 'f:replicas'),
    change: scaleTo(9),
    changed: ['spec.replicas'],
  },
  {
    it: 'a field of ours that is gone and that nobody took',
    manager: 'somebody',
    takes: without(...template, 'f:args'),
    change: (object) => {
      containerOf(object).args = [];
    },
    changed: ['spec.template.spec.containers[name=web].args'],
    by: [],
  },
];

const argoMark: FieldsV1 = { 'f:metadata': { 'f:annotations': { 'f:argocd.argoproj.io/tracking-id': {} } } };
/** As Argo CD leaves it that goes on after we took over. */
function markedByArgo(): KubernetesObject {
  const live = edited({ manager: 'argocd-controller', owns: argoMark });
  const annotations = { ...live.metadata.annotations, 'argocd.argoproj.io/tracking-id': 'w:apps/Deployment:shop/web' };
  return { ...live, metadata: { ...live.metadata, annotations } };
}

test('find-drift: another tool that marks our object as its own has done what a hand would have', () => {
  const found = findDrift(anApplied(), markedByArgo(), rules);
  deepEqual(found.verdict === 'drifted' && [found.added, found.by.map(({ manager }) => manager)], [
    [['f:metadata', 'f:annotations', 'f:argocd.argoproj.io/tracking-id']],
    ['argocd-controller'],
  ]);
});

test('find-drift: a mark that stands in Git says nothing', () => {
  const fieldsV1 = addPaths(anApplied().fieldsV1, fieldPaths(argoMark));
  const withMark = { ...anApplied(), fieldsV1, settled: settle(markedByArgo(), fieldsV1) };
  equal(findDrift(withMark, markedByArgo(), rules).verdict, 'clean');
});

for (const { it, changed = [], added = [], by, ...edit } of drifts) {
  test(`find-drift finds ${it}`, () => {
    const found = findDrift(anApplied(), edited(edit), rules);
    if (found.verdict !== 'drifted') return equal(found.verdict, 'drifted');
    deepEqual({ changed: found.changed.map(readablePath), added: found.added.map(readablePath) }, { changed, added });
    deepEqual(
      found.by.map(({ manager }) => manager),
      by ?? [edit.manager],
    );
  });
}

const harmless: (Edit & { it: string })[] = [
  {
    it: 'an autoscaler, which writes as kube-controller-manager through scale',
    manager: 'kube-controller-manager',
    subresource: 'scale',
    owns: replicas,
    takes: without('f:spec', 'f:replicas'),
    change: scaleTo(7),
  },
  {
    it: 'an operator that owns the value now',
    manager: 'rollouts-controller',
    owns: replicas,
    takes: without('f:spec', 'f:replicas'),
    change: scaleTo(7),
  },
  {
    it: 'an action of ours that Git says nothing of',
    manager: 'trueup-action',
    owns: { 'f:spec': { 'f:paused': {} } },
    change: (object) => {
      object.spec = { ...specOf(object), paused: true };
    },
  },
  {
    it: 'kubectl rollout restart',
    manager: 'kubectl-rollout',
    owns: {
      'f:spec': {
        'f:template': { 'f:metadata': { 'f:annotations': { '.': {}, 'f:kubectl.kubernetes.io/restartedAt': {} } } },
      },
    },
    change: (object) => {
      specOf(object).template.metadata.annotations = { 'kubectl.kubernetes.io/restartedAt': 'now' };
    },
  },
  {
    it: 'the annotation of a client-side apply',
    manager: 'kubectl-client-side-apply',
    owns: { 'f:metadata': { 'f:annotations': { 'f:kubectl.kubernetes.io/last-applied-configuration': {} } } },
    change: (object) => {
      const { annotations } = object.metadata;
      object.metadata.annotations = { ...annotations, 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    },
  },
  {
    it: 'what the server fills in',
    manager: 'kube-apiserver',
    change: (object) => {
      object.spec = { ...specOf(object), revisionHistoryLimit: 10 };
    },
  },
  {
    it: 'a status written by hand',
    manager: 'kubectl-patch',
    subresource: 'status',
    owns: { 'f:status': { 'f:collisionCount': {} } },
    change: (object) => {
      object.status = { collisionCount: 3 };
    },
  },
  {
    it: 'kubectl edit that saves the values we have',
    manager: 'kubectl-edit',
    owns: { ...replicas, ...inContainer({ 'f:image': {} }) },
  },
  {
    it: 'a finalizer put by hand',
    manager: 'kubectl-patch',
    owns: { 'f:metadata': { 'f:finalizers': { '.': {}, 'v:"example.com/wait"': {} } } },
    change: (object) => {
      object.metadata.finalizers = ['example.com/wait'];
    },
  },
  {
    it: 'a label that a controller beside us owns',
    manager: 'some-operator',
    owns: { 'f:metadata': { 'f:labels': { 'f:injected': {} } } },
    change: (object) => {
      object.metadata.labels = { ...object.metadata.labels, injected: 'true' };
    },
  },
  {
    it: 'a list in another order',
    manager: 'sorter',
    change: (object) => {
      containerOf(object).env.unshift({ name: 'Z', value: '9' });
    },
  },
];

for (const { it, ...edit } of harmless) {
  test(`find-drift leaves alone ${it}`, () =>
    deepEqual(findDrift(anApplied(), edited(edit), rules), { verdict: 'clean' }));
}

test('find-drift says that an object is missing', () =>
  deepEqual(findDrift(anApplied(), null, rules), { verdict: 'missing' }));

test('find-drift knows an object of the same name by its uid, and who may have made it', () => {
  const made = edited({ manager: 'kubectl-create', owns: replicas });
  const live = { ...made, metadata: { ...made.metadata, uid: 'uid-2' } };
  deepEqual(findDrift(anApplied(), live, rules), {
    verdict: 'recreated',
    by: [{ manager: 'kubectl-create', at: '2026-05-01T12:03:00Z' }],
  });
});

test('find-drift does not look at what still has the resourceVersion we left', () => {
  const unseen = aDeployment();
  specOf(unseen).replicas = 99;
  deepEqual(findDrift(anApplied(), unseen, rules), { verdict: 'clean' });
});

test('find-drift obeys what the Application wants ignored, changed or added', () => {
  const ignores: DriftRules = { ...rules, ignores: (path) => path.includes('f:replicas') || path.includes('f:team') };
  const live = edited({
    manager: 'kubectl-edit',
    owns: { ...replicas, 'f:metadata': { 'f:labels': { 'f:team': {} } } },
    change: (object) => {
      specOf(object).replicas = 2;
      object.metadata.labels = { ...object.metadata.labels, team: 'x' };
    },
  });
  deepEqual(findDrift(anApplied(), live, ignores), { verdict: 'clean', ignoring: true });
});

test('find-drift with ssa: Merge sees what a hand changed, and not what it added', () => {
  const hand = { manager: 'kubectl-edit', owns: { 'f:metadata': { 'f:labels': { 'f:team': {} } } } } as const;
  const added = edited({
    ...hand,
    change: ({ metadata }) => {
      metadata.labels = { ...metadata.labels, team: 'a' };
    },
  });
  equal(findDrift(anApplied(), added, rules).verdict, 'drifted');
  equal(findDrift(anApplied(), added, { ...rules, keeps: () => true }).verdict, 'clean');
  const scaled = edited({ manager: 'kubectl', subresource: 'scale', owns: replicas, change: scaleTo(2) });
  equal(findDrift(anApplied(), scaled, { ...rules, keeps: () => true }).verdict, 'drifted');
});

test('find-drift names the hand that touched the field, newest first, and not the others', () => {
  const scaled = (time: string, before = aDeployment()) =>
    edited({ manager: time, time, owns: replicas, takes: without('f:spec', 'f:replicas'), change: scaleTo(2) }, before);
  const labelled = edited({ manager: 'kubectl-label', owns: { 'f:metadata': { 'f:labels': { 'f:app': {} } } } });
  const live = scaled('kubectl-2', scaled('kubectl-1', labelled));
  const found = findDrift(anApplied(), live, rules);
  deepEqual(found.verdict === 'drifted' && found.by.map(({ manager }) => manager), ['kubectl-2', 'kubectl-1']);
});

test('describe-drift tells each change once, from the settled value to the live one', () => {
  const live = edited({
    manager: 'kubectl-edit',
    takes: (fields) => without(...template, 'f:env', 'k:{"name":"A"}')(without('f:spec', 'f:replicas')(fields)),
    owns: replicas,
    change: (object) => {
      specOf(object).replicas = 2;
      containerOf(object).env = [];
    },
  });
  const found = findDrift(anApplied(), live, rules);
  deepEqual(found.verdict === 'drifted' && describeDrift(anApplied(), live, [...found.changed, ...found.added]), [
    { path: 'spec.replicas', from: 5, to: 2 },
    {
      path: 'spec.template.spec.containers[name=web].env[name=A]',
      from: { name: 'A', value: '1' },
      to: undefined,
    },
  ]);
});

test('find-drift finds exactly the values that differ, also after the record was stored', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.constantFrom('nginx:1', 'nginx:2'), (count, image) => {
      const live = edited({
        manager: 'kubectl-edit',
        change: (object) => {
          specOf(object).replicas = count;
          containerOf(object).image = image;
        },
      });
      const stored = JSON.parse(JSON.stringify(anApplied()));
      const found = findDrift(stored, live, rules);
      const expected = [...(count === 5 ? [] : ['spec.replicas']), ...(image === 'nginx:1' ? [] : ['image'])];
      const paths = found.verdict === 'drifted' ? found.changed.map(readablePath) : [];
      deepEqual(
        paths.map((path) => path.replace(/.*\.image$/, 'image')),
        expected,
      );
    }),
  );
});
