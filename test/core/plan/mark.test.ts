import { equal, match, notEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { keyOf } from '../../../lib/core/object/object-key.ts';
import { trackingAnnotation } from '../../../lib/core/object/tracking.ts';
import { applicationLabelValue, trackedBy, trackingId } from '../../../lib/core/plan/mark.ts';
import { aConfigMap } from './a-desired.ts';

function tracked(object: KubernetesObject, id: string): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, annotations: { [trackingAnnotation]: id } } };
}

test('mark writes the name of the Application as it is while it fits', () => {
  equal(applicationLabelValue('shop'), 'shop');
  equal(applicationLabelValue('s'.repeat(63)), 's'.repeat(63));
});

test('mark shortens a longer name so that two names stay two', () => {
  const one = applicationLabelValue(`${'s'.repeat(80)}-1`);
  match(one, /^s{50}-[0-9a-f]{12}$/);
  equal(one.length, 63);
  notEqual(applicationLabelValue(`${'s'.repeat(80)}-2`), one);
});

test('mark always makes a valid label value', () => {
  const names = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?$/);
  fc.assert(
    fc.property(names, (name) =>
      ok(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(applicationLabelValue(name))),
    ),
  );
});

for (const { it, id, gives } of [
  { it: 'belongs to the Application it names', id: 'shop:/ConfigMap:shop/settings', gives: 'shop' },
  {
    it: 'is nobody’s when an operator copied the id from another kind',
    id: 'shop:apps/Deployment:shop/settings',
    gives: null,
  },
  { it: 'is nobody’s when it was copied into another namespace', id: 'shop:/ConfigMap:web/settings', gives: null },
  { it: 'is nobody’s when it was copied under another name', id: 'shop:/ConfigMap:shop/other', gives: null },
  { it: 'is nobody’s with something that is no id', id: 'shop', gives: null },
]) {
  test(`mark: an object ${it}`, () => equal(trackedBy(tracked(aConfigMap('settings'), id)), gives));
}

test('mark: an object without an id is nobody’s', () => equal(trackedBy(aConfigMap('settings')), null));

test('mark: the id an object is given names its Application again', () => {
  const role: KubernetesObject = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'a:b' },
  };
  for (const object of [aConfigMap('settings'), role])
    equal(trackedBy(tracked(object, trackingId('shop', keyOf(object)))), 'shop');
});
