import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { noCustomizations } from '../../../lib/core/customization/no-customizations.ts';
import { isExtra, isIgnoredExtra } from '../../../lib/core/drift/is-extra.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';

const owner = {
  application: 'shop',
  cluster: 'prod',
  letGo: ['ConfigMap shop/let-go'],
  customizations: noCustomizations(),
};
const annotation = 'trueup.dev/tracking-id';

function live(name: string, annotations: Record<string, string>, more: Partial<KubernetesObject['metadata']> = {}) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', annotations, ...more } };
}
const tracked = (name: string, id = `shop:/ConfigMap:shop/${name}`) => ({ [annotation]: id });

for (const [it, object, gives] of [
  ['is one that says it is ours', live('a', tracked('a')), true],
  ['is not one of another Application', live('a', tracked('a', 'web:/ConfigMap:shop/a')), false],
  ['is not a copy, which describes another (!)', live('b', tracked('a')), false],
  ['is not one without a mark', live('a', {}), false],
  ['is not one on its way out', live('a', tracked('a'), { deletionTimestamp: '2026-01-01T00:00:00Z' }), false],
  ['is not one that Git has and wants let alone', live('let-go', tracked('let-go')), false],
  [
    'is not one that a hand wants let alone',
    live('a', { ...tracked('a'), 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' }),
    false,
  ],
  [
    'is not one of an excluded kind',
    { ...live('a', tracked('a', 'shop:/Endpoints:shop/a')), kind: 'Endpoints' },
    false,
  ],
] as [string, KubernetesObject, boolean][])
  test(`is-extra ${it}`, () => equal(isExtra(object, owner), gives));

for (const [options, gives] of [
  ['IgnoreExtraneous', true],
  ['ServerSideDiff=true, IgnoreExtraneous', true],
  ['ignoreextraneous', false],
  ['', false],
] as const)
  test(`is-ignored-extra reads ${JSON.stringify(options)}`, () =>
    equal(isIgnoredExtra(live('a', { 'argocd.argoproj.io/compare-options': options })), gives));
