import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import type { Manifest } from '../../../lib/core/object/manifest.ts';
import { readApplicationOptions } from '../../../lib/core/options/read-application-options.ts';
import { trackedBy } from '../../../lib/core/plan/mark.ts';
import { type PrepareOptions, prepareObjects } from '../../../lib/core/plan/prepare-objects.ts';
import { aConfigMap, hashKey } from './a-desired.ts';

const options: PrepareOptions = {
  application: 'shop',
  installation: 'trueup',
  namespace: 'shop',
  cluster: 'prod',
  scopes: new Map([
    ['v1/ConfigMap', true],
    ['v1/Secret', true],
    ['v1/Namespace', false],
    ['batch/v1/Job', true],
    ['apiextensions.k8s.io/v1/CustomResourceDefinition', false],
  ]),
  hashKey,
  options: readApplicationOptions([]),
  tracking: null,
  everDeployed: true,
};

const manifests = (...objects: KubernetesObject[]): Manifest[] =>
  objects.map((object, index) => ({ object, origin: { file: 'all.yaml', line: index * 10 + 1 } }));
const prepare = (objects: KubernetesObject[], given: Partial<PrepareOptions> = {}) =>
  prepareObjects(manifests(...objects), { ...options, ...given });
const prepareOne = (object: KubernetesObject, given: Partial<PrepareOptions> = {}) => {
  const { desired, faults } = prepare([object], given);
  deepEqual(faults, []);
  const [first] = desired;
  ok(first);
  return first;
};
const object = (apiVersion: string, kind: string, metadata: KubernetesObject['metadata'], fields: object = {}) => ({
  apiVersion,
  kind,
  metadata,
  ...fields,
});
const definition = (scope: string, ...versions: string[]): KubernetesObject =>
  object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    { name: 'widgets.example.com' },
    {
      spec: { group: 'example.com', scope, names: { kind: 'Widget' }, versions: versions.map((name) => ({ name })) },
    },
  );
const widget = (metadata: object = {}) => object('example.com/v1', 'Widget', { name: 'w', ...metadata });

for (const { it, given, gives } of [
  { it: 'goes to the namespace of the destination', given: object('v1', 'ConfigMap', { name: 'a' }), gives: 'shop' },
  {
    it: 'stays in the namespace it names',
    given: object('v1', 'ConfigMap', { name: 'a', namespace: 'web' }),
    gives: 'web',
  },
  {
    it: 'with an empty namespace names none, as kubectl has it',
    given: object('v1', 'ConfigMap', { name: 'a', namespace: '' }),
    gives: 'shop',
  },
  { it: 'has no namespace when its kind has none', given: object('v1', 'Namespace', { name: 'a' }), gives: '' },
  {
    it: 'loses one that its kind does not have',
    given: object('v1', 'Namespace', { name: 'a', namespace: 'web' }),
    gives: '',
  },
]) {
  test(`prepare-objects: an object ${it}`, () => {
    const desired = prepareOne(given);
    equal(desired.key.namespace, gives);
    equal(desired.object.metadata.namespace ?? '', gives);
  });
}

test('prepare-objects puts our marks on, beside what is there, and they name the object', () => {
  const labels = { app: 'web' };
  const annotations = { note: 'hello' };
  const { object: marked } = prepareOne(object('v1', 'ConfigMap', { name: 'a', labels, annotations }));
  deepEqual(marked.metadata.labels, {
    app: 'web',
    'trueup.dev/application': 'shop',
    'trueup.dev/installation': 'trueup',
  });
  deepEqual(marked.metadata.annotations, { note: 'hello', 'trueup.dev/tracking-id': 'shop:/ConfigMap:shop/a' });
  equal(trackedBy(marked), 'shop');
});

for (const { it, application, own, gives } of [
  { it: 'by choice of the Application', application: 'inventory', own: {}, gives: 0 },
  { it: 'by its own choice', application: null, own: { 'trueup.dev/tracking': 'inventory' }, gives: 0 },
  { it: 'but by its own choice', application: 'inventory', own: { 'trueup.dev/tracking': 'label' }, gives: 3 },
] as const) {
  test(`prepare-objects: an object carries ${gives} of our marks ${it}`, () => {
    const annotations: Record<string, string> = { note: 'x', ...own };
    const { object: prepared } = prepareOne(object('v1', 'ConfigMap', { name: 'a', annotations }), {
      tracking: application,
    });
    const { labels = {}, annotations: said = {} } = prepared.metadata;
    const ours = Object.keys({ ...labels, ...said }).filter((name) => name.startsWith('trueup.dev/'));
    equal(ours.length, gives, ours.join());
    equal(said.note, 'x');
  });
}

test('prepare-objects refuses another way of tracking', () => {
  const { faults } = prepare([object('v1', 'ConfigMap', { name: 'a', annotations: { 'trueup.dev/tracking': 'uid' } })]);
  deepEqual(
    faults.map(({ code, facts }) => [code, facts.annotation, facts.allowed]),
    [['object.unknown_annotation', 'trueup.dev/tracking: uid', 'label or inventory']],
  );
});

test('prepare-objects overwrites marks that were copied from a live object', () => {
  const labels = { 'trueup.dev/application': 'web', 'trueup.dev/installation': 'other' };
  const annotations = { 'trueup.dev/tracking-id': 'web:/ConfigMap:web/a' };
  const { object: marked } = prepareOne(object('v1', 'ConfigMap', { name: 'a', labels, annotations }));
  deepEqual(marked.metadata.labels, { 'trueup.dev/application': 'shop', 'trueup.dev/installation': 'trueup' });
  equal(trackedBy(marked), 'shop');
});

test('prepare-objects shortens the label of a long name and keeps the id whole', () => {
  const application = 'a-shop-'.repeat(12);
  const { object: marked } = prepareOne(aConfigMap('a'), { application });
  equal(marked.metadata.labels?.['trueup.dev/application']?.length, 63);
  equal(trackedBy(marked), application);
});

test('prepare-objects drops what only a server writes', () => {
  const metadata = {
    name: 'a',
    uid: 'u',
    resourceVersion: '1',
    generation: 1,
    creationTimestamp: '2026-05-01T12:00:00Z',
    managedFields: [],
    finalizers: ['example.com/f'],
  };
  const { object: clean } = prepareOne(object('v1', 'ConfigMap', metadata, { data: { k: 'v' }, status: { ok: true } }));
  deepEqual(Object.keys(clean).toSorted(), ['apiVersion', 'data', 'kind', 'metadata']);
  deepEqual(Object.keys(clean.metadata).toSorted(), ['annotations', 'finalizers', 'labels', 'name', 'namespace']);
});

test('prepare-objects gives a dump of a live object the same hash as the manifest it came from', () => {
  const dumped = object(
    'v1',
    'ConfigMap',
    { name: 'a', uid: 'u', resourceVersion: '9' },
    { data: { k: 'v' }, status: {} },
  );
  equal(prepareOne(dumped).hash, prepareOne(object('v1', 'ConfigMap', { name: 'a' }, { data: { k: 'v' } })).hash);
});

test('prepare-objects folds stringData of a Secret into data', () => {
  const { object: folded } = prepareOne(
    object('v1', 'Secret', { name: 'a' }, { data: { a: 'b25l' }, stringData: { b: 'two' } }),
  );
  deepEqual(folded.data, { a: 'b25l', b: 'dHdv' });
  equal(folded.stringData, undefined);
});

test('prepare-objects does not touch what it was given', () => {
  const given = manifests(object('v1', 'Secret', { name: 'a', uid: 'u' }, { stringData: { b: 'two' }, status: {} }));
  const before = structuredClone(given);
  prepareObjects(given, options);
  deepEqual(given, before);
});

test('prepare-objects tells hooks from objects, with marks of their own', () => {
  const annotations = { 'argocd.argoproj.io/hook': 'PreSync' };
  const { desired, hooks, warnings, faults } = prepare([
    object('batch/v1', 'Job', { name: 'migrate', annotations }),
    aConfigMap('a'),
  ]);
  deepEqual([desired.map(({ key }) => key.name), warnings, faults], [['a'], [], []]);
  const [hook] = hooks;
  deepEqual(hook?.hook, { phases: ['PreSync'], deletePolicies: ['BeforeHookCreation'] });
  deepEqual(hook?.key, { group: 'batch', kind: 'Job', namespace: 'shop', name: 'migrate' });
  deepEqual(hook?.object.metadata.labels, { 'trueup.dev/hook-of': 'shop', 'trueup.dev/installation': 'trueup' });
  deepEqual(hook?.object.metadata.annotations, annotations);
});

test('prepare-objects leaves out hooks of no phase, and says so of those that nobody knows', () => {
  const hook = (value: string) =>
    object('batch/v1', 'Job', { name: 'a', annotations: { 'argocd.argoproj.io/hook': value } });
  const { desired, hooks, warnings } = prepare([hook('Skip'), hook('Presync')]);
  deepEqual([desired, hooks], [[], []]);
  deepEqual(warnings, ['all.yaml:11: Presync is no kind of hook; did you mean PreSync?']);
});

test('prepare-objects waits for a kind that may come later', () => {
  const annotations = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' };
  const { desired, faults } = prepare([widget({ annotations }), widget({ name: 'other' })]);
  deepEqual(
    desired.map(({ key, served }) => [key.name, key.namespace, served]),
    [['w', 'shop', false]],
  );
  deepEqual(
    faults.map(({ code }) => code),
    ['cluster.unknown_kind'],
  );
});

test('prepare-objects refuses a word of ours that nobody knows', () => {
  const { faults } = prepare([object('v1', 'ConfigMap', { name: 'a', annotations: { 'trueup.dev/waev': '1' } })]);
  deepEqual(
    faults.map(({ code, facts }) => [code, facts.annotation]),
    [['object.unknown_annotation', 'trueup.dev/waev']],
  );
});

for (const { it, annotations } of [
  { it: 'crd-install', annotations: { 'helm.sh/hook': 'crd-install' } },
  { it: 'an empty hook', annotations: { 'argocd.argoproj.io/hook': '' } },
]) {
  test(`prepare-objects takes ${it} for an ordinary object`, () => {
    const { desired, warnings } = prepare([object('batch/v1', 'Job', { name: 'a', annotations })]);
    deepEqual([desired.length, warnings], [1, []]);
  });
}

test('prepare-objects lets the last one count of an object that stands twice, and says so', () => {
  const { desired, warnings } = prepare([aConfigMap('a', { k: '1' }), aConfigMap('b'), aConfigMap('a', { k: '2' })]);
  deepEqual(
    desired.map(({ key, object: { data }, origin }) => [key.name, data, origin.line]),
    [
      ['a', { k: '2' }, 21],
      ['b', {}, 11],
    ],
  );
  deepEqual(warnings, ['ConfigMap shop/a stands twice: all.yaml:1 gives way to all.yaml:21']);
});

test('prepare-objects sees that an object stands twice when only one of them names the namespace', () => {
  equal(prepare([object('v1', 'ConfigMap', { name: 'a' }), aConfigMap('a')]).warnings.length, 1);
});

test('prepare-objects tells every kind nobody knows, and every object that has no namespace', () => {
  const { desired, faults } = prepare(
    [
      widget(),
      object('v1', 'ConfigMap', { name: 'a' }),
      object('v1', 'Namespace', { name: 'n' }),
      object('v2', 'ConfigMap', { name: 'b' }),
    ],
    { namespace: '' },
  );
  deepEqual(
    faults.map(({ code, facts }) => [code, facts.kind, facts.file, facts.line]),
    [
      ['cluster.unknown_kind', 'Widget', 'all.yaml', 1],
      ['application.no_namespace', 'ConfigMap', 'all.yaml', 11],
      ['cluster.unknown_kind', 'ConfigMap', 'all.yaml', 31],
    ],
  );
  deepEqual(
    desired.map(({ key }) => key.name),
    ['n'],
  );
});

for (const { it, objects, served, namespace } of [
  { it: 'of this push', objects: [widget(), definition('Namespaced', 'v1')], served: false, namespace: 'shop' },
  {
    it: 'of this push that has no namespace',
    objects: [definition('Cluster', 'v1alpha1', 'v1'), widget({ namespace: 'x' })],
    served: false,
    namespace: '',
  },
]) {
  test(`prepare-objects knows a kind by its definition ${it}`, () => {
    const { desired, faults } = prepare(objects);
    deepEqual(faults, []);
    const found = desired.find(({ key }) => key.kind === 'Widget');
    deepEqual([found?.served, found?.key.namespace], [served, namespace]);
  });
}

test('prepare-objects does not know a version that the definition does not have', () => {
  deepEqual(
    prepare([widget(), definition('Namespaced', 'v2')]).faults.map(({ code }) => code),
    ['cluster.unknown_kind'],
  );
});

test('prepare-objects serves at once what the cluster knows already', () => {
  const scopes = new Map([...options.scopes, ['example.com/v1/Widget', true] as const]);
  ok(prepare([widget(), definition('Namespaced', 'v1')], { scopes }).desired.every(({ served }) => served));
});

test('prepare-objects gives each key once, in the order of Git, and the same result twice', () => {
  const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'));
  fc.assert(
    fc.property(names, (given) => {
      const objects = given.map((name, index) => aConfigMap(name, { index: String(index) }));
      const { desired, warnings } = prepare(objects);
      deepEqual(
        desired.map(({ key }) => key.name),
        [...new Set(given)],
      );
      equal(warnings.length, given.length - desired.length);
      deepEqual(prepare(objects).desired, desired);
    }),
  );
});
