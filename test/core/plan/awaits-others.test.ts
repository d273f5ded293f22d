import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { keyOf } from '../../../lib/core/object/object-key.ts';
import { awaitsOthers, creators } from '../../../lib/core/plan/awaits-others.ts';
import type { Applying } from '../../../lib/core/plan/plan.ts';
import { aConfigMap, aDesired } from './a-desired.ts';

const namespace = (name: string): KubernetesObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const definition: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
};
const widget = (apiVersion: string): KubernetesObject => ({ apiVersion, kind: 'Widget', metadata: { name: 'w' } });

function change(object: KubernetesObject, action: Applying['action']): Applying {
  const { hash: desiredHash, origin } = aDesired(object);
  const { apiVersion } = object;
  return {
    action,
    key: keyOf(object),
    apiVersion,
    desiredHash,
    origin,
    uid: null,
    diff: [],
    rehearsed: true,
    drift: null,
  };
}

for (const { it, object, created, served = true, gives } of [
  { it: 'nothing in a sync that creates nothing', object: aConfigMap('a'), created: [], gives: false },
  {
    it: 'its Namespace when that is new',
    object: aConfigMap('a'),
    created: [change(namespace('shop'), 'create')],
    gives: true,
  },
  {
    it: 'no Namespace that is there already',
    object: aConfigMap('a'),
    created: [change(namespace('shop'), 'update')],
    gives: false,
  },
  {
    it: 'no Namespace of others',
    object: aConfigMap('a'),
    created: [change(namespace('web'), 'create')],
    gives: false,
  },
  {
    it: 'its definition when that is new',
    object: widget('example.com/v1'),
    created: [change(definition, 'create')],
    gives: true,
  },
  {
    it: 'its definition when that changes',
    object: widget('example.com/v2'),
    created: [change(definition, 'update')],
    gives: true,
  },
  {
    it: 'no definition of another group',
    object: widget('ample.com/v1'),
    created: [change(definition, 'create')],
    gives: false,
  },
  {
    it: 'no definition when it is of the core group',
    object: aConfigMap('a'),
    created: [change(definition, 'create')],
    gives: false,
  },
  {
    it: 'its kind when the cluster does not serve it yet',
    object: widget('example.com/v1'),
    created: [],
    served: false,
    gives: true,
  },
]) {
  test(`awaits-others: an object awaits ${it}`, () =>
    equal(awaitsOthers(aDesired(object, { served }), created), gives));
}

test('creators come first: Namespaces and definitions, in the order they stand', () => {
  const all = [aConfigMap('a'), definition, widget('example.com/v1'), namespace('shop')].map((object) =>
    aDesired(object),
  );
  deepEqual(
    creators(all).map((group) => group.map(({ key }) => key.kind)),
    [
      ['CustomResourceDefinition', 'Namespace'],
      ['ConfigMap', 'Widget'],
    ],
  );
});
