import { deepEqual, match, throws } from 'node:assert/strict';
import { test } from 'node:test';
import type { Effect } from '../../../lib/core/action/action.ts';
import { checkEffects } from '../../../lib/core/action/check-effects.ts';
import { setField } from '../../../lib/core/action/set-field.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';

const object: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u-1',
    resourceVersion: '7',
    labels: { app: 'web', 'trueup.dev/application': 'shop' },
    annotations: { 'trueup.dev/tracking-id': 'shop:apps/Deployment:shop/web', note: 'x' },
    finalizers: ['example.com/a'],
    managedFields: [{ manager: 'trueup', operation: 'Apply' }],
  },
  spec: { replicas: 2, list: [{ a: 1, b: null }], gone: 'yes', strategy: null },
  status: { phase: 'Up' },
};

const patched = (path: string[], value: unknown): Effect[] => [
  { operation: 'patch', resource: setField(object, path, value) },
];
const created = (metadata: Record<string, unknown>): Effect[] => [
  {
    operation: 'create',
    resource: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'made', ...metadata }, data: { k: 'v' } },
  },
];

for (const { it, effects, patch, status } of [
  { it: 'is nothing where nothing differs', effects: patched(['spec', 'replicas'], 2), patch: null, status: null },
  {
    it: 'is one field',
    effects: patched(['spec', 'replicas'], 5),
    patch: { spec: { replicas: 5 } },
    status: null,
  },
  {
    it: 'takes a field away',
    effects: patched(['spec', 'gone'], undefined),
    patch: { spec: { gone: null } },
    status: null,
  },
  { it: 'is a whole list', effects: patched(['spec', 'list'], [1]), patch: { spec: { list: [1] } }, status: null },
  {
    it: 'keeps the status apart',
    effects: patched(['status', 'phase'], 'Down'),
    patch: null,
    status: { status: { phase: 'Down' } },
  },
  {
    it: 'may be a label, an annotation, a finalizer',
    effects: [
      {
        operation: 'patch' as const,
        resource: setField(
          setField(
            setField(object, ['metadata', 'labels', 'app'], 'api'),
            ['metadata', 'annotations', 'note'],
            undefined,
          ),
          ['metadata', 'finalizers'],
          [],
        ),
      },
    ],
    patch: { metadata: { labels: { app: 'api' }, annotations: { note: null }, finalizers: [] } },
    status: null,
  },
  {
    it: 'passes over managedFields, which scripts do not see',
    effects: patched(['metadata', 'managedFields'], undefined),
    patch: null,
    status: null,
  },
  { it: 'takes null for absent', effects: patched(['spec', 'strategy'], undefined), patch: null, status: null },
]) {
  test(`check-effects: the patch ${it}`, () => {
    deepEqual(checkEffects(effects, object, 'a'), { patch, status, creates: [] });
  });
}

for (const { it, effects, says } of [
  { it: 'another name', effects: patched(['metadata', 'name'], 'other'), says: /metadata\.name from "web" to "other"/ },
  { it: 'another namespace', effects: patched(['metadata', 'namespace'], 'kube-system'), says: /metadata\.namespace/ },
  { it: 'another kind', effects: patched(['kind'], 'Pod'), says: /kind from "Deployment" to "Pod"/ },
  { it: 'another group', effects: patched(['apiVersion'], 'v1'), says: /apiVersion/ },
  { it: 'another uid', effects: patched(['metadata', 'uid'], 'u-2'), says: /metadata\.uid/ },
  { it: 'another version', effects: patched(['metadata', 'resourceVersion'], ''), says: /resourceVersion/ },
  { it: 'an owner', effects: patched(['metadata', 'ownerReferences'], [{}]), says: /ownerReferences from nothing/ },
  { it: 'a deletion', effects: patched(['metadata', 'deletionTimestamp'], 'now'), says: /deletionTimestamp/ },
  {
    it: 'whose it is by label',
    effects: patched(['metadata', 'labels', 'trueup.dev/application'], 'evil'),
    says: /labels\.trueup\.dev\/application from "shop" to "evil"/,
  },
  {
    it: 'whose it is, by taking all labels away',
    effects: patched(['metadata', 'labels'], undefined),
    says: /to nothing/,
  },
  {
    it: 'its tracking id',
    effects: patched(['metadata', 'annotations', 'trueup.dev/tracking-id'], undefined),
    says: /tracking-id/,
  },
  {
    it: 'Argo CD’s tracking id',
    effects: patched(['metadata', 'annotations', 'argocd.argoproj.io/tracking-id'], 'evil:x'),
    says: /argocd/,
  },
  {
    it: 'more than one object',
    effects: [...patched(['spec', 'replicas'], 5), ...patched(['metadata', 'name'], 'other')],
    says: /more than the object/,
  },
  { it: 'what it creates elsewhere', effects: created({ namespace: 'kube-system' }), says: /namespace "kube-system"/ },
]) {
  test(`check-effects refuses ${it}`, () => {
    throws(
      () => checkEffects(effects, object, 'a'),
      (error) => {
        if (!(error instanceof Fault)) throw error;
        match(error.message, says);
        return error.code === 'action.refused';
      },
    );
  });
}

for (const { it, metadata, becomes } of [
  { it: 'belongs to the object and lies beside it', metadata: {}, becomes: {} },
  {
    it: 'is nobody’s by our marks, nor by other owners',
    metadata: {
      namespace: 'shop',
      labels: { a: 'b', 'trueup.dev/application': 'shop' },
      annotations: { 'trueup.dev/tracking-id': 'shop:…' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'other', uid: 'u-9' }],
      finalizers: ['example.com/forever'],
      uid: 'u-8',
    },
    becomes: { labels: { a: 'b' }, annotations: {} },
  },
]) {
  test(`check-effects: what is created ${it}`, () => {
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'u-1' };
    deepEqual(
      checkEffects(created(metadata), object, 'a').creates.map(({ metadata: made }) => made),
      [{ name: 'made', namespace: 'shop', ...becomes, ownerReferences: [owner] }],
    );
  });
}
