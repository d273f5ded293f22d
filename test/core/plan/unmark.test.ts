import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { asPlanned, isOurUnmarked, isUnmarked, unmark, unmarked } from '../../../lib/core/plan/unmark.ts';
import type { RecordedObject } from '../../../lib/core/record/record.ts';
import { aConfigMap, aDesired, hashKey } from './a-desired.ts';

const bare = aConfigMap('a');
const marks = {
  labels: { 'trueup.dev/application': 'shop', 'trueup.dev/installation': 'trueup' },
  annotations: { 'trueup.dev/tracking-id': 'shop:/ConfigMap:shop/a' },
};
const marked = (more: Pick<KubernetesObject['metadata'], 'labels' | 'annotations'> = {}): KubernetesObject => ({
  ...bare,
  metadata: {
    ...bare.metadata,
    labels: { ...marks.labels, ...more.labels },
    annotations: { ...marks.annotations, ...more.annotations },
  },
});

test('unmark leaves nothing of ours', () => deepEqual(unmark(marked()), bare));

test('unmark leaves what is not ours', () => {
  deepEqual(unmark(marked({ labels: { app: 'web' }, annotations: { note: 'x' } })).metadata, {
    ...bare.metadata,
    labels: { app: 'web' },
    annotations: { note: 'x' },
  });
});

test('unmark: an object without marks is another one to apply', () => {
  const desired = aDesired(marked());
  const without = unmarked(desired, hashKey);
  notEqual(without.hash, desired.hash);
  deepEqual(without, aDesired(bare, { origin: desired.origin, options: desired.options }));
});

for (const { it, hash, gives } of [
  { it: 'with marks', hash: aDesired(marked()).hash, gives: marked() },
  { it: 'without', hash: aDesired(bare).hash, gives: bare },
  { it: 'neither: Git says something else by now', hash: aDesired(aConfigMap('b')).hash, gives: null },
])
  test(`as-planned: the plan chose it ${it}`, () =>
    deepEqual(asPlanned(aDesired(marked()), hash, hashKey)?.object ?? null, gives));

const recorded = (manifest: KubernetesObject, uid: string | null): RecordedObject => ({
  key: aDesired(bare).key,
  apiVersion: 'v1',
  origin: { file: 'a.yaml', line: 1 },
  desiredHash: 'h',
  manifest,
  applied: uid === null ? null : { uid, resourceVersion: '1', fieldsV1: {}, settled: {}, health: null },
});
const live = { ...bare, metadata: { ...bare.metadata, uid: 'u' } };

for (const { it, given, gives } of [
  { it: 'is ours by its uid', given: recorded(bare, 'u'), gives: true },
  { it: 'is not ours when it was made anew by somebody', given: recorded(bare, 'other'), gives: false },
  { it: 'is not ours before it was applied', given: recorded(bare, null), gives: false },
  { it: 'is not ours when it lost the marks it had', given: recorded(marked(), 'u'), gives: false },
]) {
  test(`unmark: an object without marks ${it}`, () => equal(isOurUnmarked(given, live), gives));
}

test('unmark tells a manifest with marks from one without', () => {
  deepEqual([isUnmarked({ manifest: bare }), isUnmarked({ manifest: marked() })], [true, false]);
});
