import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { scales } from '../../../lib/core/drift/scale-target.ts';

const web = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };

for (const { it, ref, gives } of [
  {
    it: 'what a HorizontalPodAutoscaler names',
    ref: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    gives: true,
  },
  {
    it: 'what it names in another version',
    ref: { apiVersion: 'apps/v1beta1', kind: 'Deployment', name: 'web' },
    gives: true,
  },
  { it: 'what KEDA means without a kind', ref: { name: 'web' }, gives: true },
  { it: 'nothing of another name', ref: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'db' }, gives: false },
  { it: 'nothing of another kind', ref: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' }, gives: false },
  {
    it: 'nothing of another group',
    ref: { apiVersion: 'argoproj.io/v1', kind: 'Deployment', name: 'web' },
    gives: false,
  },
  { it: 'nothing without a target', ref: undefined, gives: false },
]) {
  test(`scale-target scales ${it}`, () => {
    const autoscaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'h' } };
    equal(scales({ ...autoscaler, spec: { scaleTargetRef: ref } }, web), gives);
  });
}
