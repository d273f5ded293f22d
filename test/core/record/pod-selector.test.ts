import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { podSelector } from '../../../lib/core/record/pod-selector.ts';

for (const { it, kind = 'Deployment', spec, gives } of [
  {
    it: 'by its labels',
    spec: { selector: { matchLabels: { app: 'web', tier: 'front' } } },
    gives: 'app=web,tier=front',
  },
  { it: 'of a Job by its name', kind: 'Job', spec: {}, gives: 'batch.kubernetes.io/job-name=web' },
  {
    it: 'not when expressions narrow the labels: they would be pods of others',
    spec: { selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] } },
    gives: null,
  },
  { it: 'not by no labels, which would be all pods', spec: { selector: { matchLabels: {} } }, gives: null },
  { it: 'not of what makes none', kind: 'ConfigMap', spec: undefined, gives: null },
]) {
  test(`pod-selector finds the pods ${it}`, () =>
    equal(podSelector({ apiVersion: 'v1', kind, metadata: { name: 'web' }, spec }), gives));
}
