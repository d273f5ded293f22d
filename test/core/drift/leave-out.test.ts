import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonPath } from '../../../lib/core/drift/json-path.ts';
import { fillFromLive, leaveOut } from '../../../lib/core/drift/leave-out.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';

const container = (fields: object) => ({ name: 'web', image: 'nginx:1', ...fields });

const wanted: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    labels: { app: 'web', 'trueup.dev/application': 'shop' },
    annotations: { note: 'git' },
  },
  spec: {
    replicas: 3,
    template: { spec: { containers: [container({ args: ['a', 'b'] }), { name: 'new', image: 'n:1' }] } },
  },
};

const live: KubernetesObject = {
  ...wanted,
  metadata: {
    ...wanted.metadata,
    managedFields: [
      {
        manager: 'trueup',
        operation: 'Apply',
        fieldsV1: {
          'f:spec': {
            'f:replicas': {},
            'f:template': {
              'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {}, 'f:args': {} } } },
            },
          },
        },
      },
    ],
  },
  spec: {
    replicas: 7,
    template: { spec: { containers: [{ name: 'side' }, container({ image: 'nginx:2', args: ['a', 'x'] })] } },
  },
};

const containers = ['spec', 'template', 'spec', 'containers'];
const specWith = (first: object, replicas = 3) => ({
  replicas,
  template: { spec: { containers: [first, { name: 'new', image: 'n:1' }] } },
});

type Case = { it: string; paths: JsonPath[]; left: Partial<KubernetesObject>; filled: Partial<KubernetesObject> };

const { replicas: _, ...withoutReplicas } = specWith(container({ args: ['a', 'b'] }));

const cases: Case[] = [
  {
    it: 'a field',
    paths: [['spec', 'replicas']],
    left: { spec: withoutReplicas },
    filled: { spec: specWith(container({ args: ['a', 'b'] }), 7) },
  },
  {
    it: 'a field of an item, wherever the item stands in the cluster',
    paths: [[...containers, 0, 'image']],
    left: { spec: specWith({ name: 'web', args: ['a', 'b'] }) },
    filled: { spec: specWith({ name: 'web', image: 'nginx:2', args: ['a', 'b'] }) },
  },
  {
    it: 'a part of a list without keys, which is owned as a whole and so takes the live value',
    paths: [[...containers, 0, 'args', 1]],
    left: { spec: specWith(container({ args: ['a', 'x'] })) },
    filled: { spec: specWith(container({ args: ['a', 'x'] })) },
  },
  {
    it: 'nothing of an item that is new in Git',
    paths: [[...containers, 1, 'image']],
    left: {},
    filled: {},
  },
  {
    it: 'what the cluster does not have',
    paths: [['metadata', 'annotations', 'note']],
    left: { metadata: { ...wanted.metadata, annotations: {} } },
    filled: {},
  },
  {
    it: 'all labels, but not those that say it is ours',
    paths: [['metadata', 'labels']],
    left: { metadata: { ...wanted.metadata, labels: { 'trueup.dev/application': 'shop' } } },
    filled: {},
  },
  { it: 'nothing of what it is', paths: [['kind'], ['apiVersion'], ['metadata', 'name']], left: {}, filled: {} },
];

for (const { it, paths, left, filled } of cases) {
  test(`leave-out leaves out ${it}`, () => deepEqual(leaveOut({ wanted, live, paths }), { ...wanted, ...left }));
  test(`leave-out rehearses with the live value of ${it}`, () =>
    deepEqual(fillFromLive({ wanted, live, paths }), { ...wanted, ...filled }));
}

test('leave-out leaves of an object that is ignored as a whole what names it', () => {
  deepEqual(leaveOut({ wanted, live, paths: [[]] }), {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      labels: { 'trueup.dev/application': 'shop' },
      annotations: {},
    },
  });
});
