import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { findDrift } from '../../../lib/core/drift/find-drift.ts';
import { defaultHandTools } from '../../../lib/core/drift/hand-tools.ts';
import type { FieldsV1, KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { intend, recordApplied, settledObject } from '../../../lib/core/record/record-applied.ts';
import { aDeployment, ours } from '../drift/a-deployment.ts';
import { aConfigMap, aDesired, hashKey, means } from '../plan/a-desired.ts';

const secret: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login', namespace: 'shop' },
  data: { password: Buffer.from('correct-horse').toString('base64') },
};

function applied(object: KubernetesObject, fieldsV1: FieldsV1): KubernetesObject {
  const managedFields = [{ manager: 'trueup', operation: 'Apply' as const, fieldsV1 }];
  return { ...object, metadata: { ...object.metadata, uid: 'u', resourceVersion: '7', managedFields } };
}

test('record-applied: an object about to be written is known before it is', () => {
  const wanted = aDesired(aConfigMap('a', { k: 'v' }));
  deepEqual(intend(wanted, hashKey), {
    key: wanted.key,
    apiVersion: 'v1',
    origin: wanted.origin,
    desiredHash: wanted.hash,
    manifest: wanted.object,
    applied: null,
  });
});

test('record-applied keeps what the server made of it: identity, our fields and the values at them', () => {
  const object = aConfigMap('a', { k: 'v', more: 'from somebody else' });
  const recorded = recordApplied(
    aDesired(aConfigMap('a', { k: 'v' })),
    applied(object, { 'f:data': { 'f:k': {} } }),
    means,
  );
  deepEqual(recorded.applied, {
    uid: 'u',
    resourceVersion: '7',
    fieldsV1: { 'f:data': { 'f:k': {} } },
    settled: { 'f:data': { 'f:k': 'v' } },
    health: null,
  });
});

test('record-applied keeps no value of a Secret, and still sees that one changed', () => {
  const live = applied(secret, { 'f:data': { 'f:password': {} } });
  const recorded = recordApplied(aDesired(secret), live, means);
  doesNotMatch(JSON.stringify(recorded), /correct-horse|Y29ycmVj/);
  match(JSON.stringify(recorded.applied?.settled), /"f:password":"hmac-sha256:[0-9a-f]{64}"/);
});

test('record-applied counts our entry of Apply only, and knows how the object fares', () => {
  const live = aDeployment();
  const update = { manager: 'trueup', operation: 'Update' as const, fieldsV1: { 'f:spec': { 'f:paused': {} } } };
  live.metadata.managedFields = [update, ...(live.metadata.managedFields ?? [])];
  const settled = settledObject(live, means);
  deepEqual(settled.fieldsV1, ours);
  equal(settled.health?.status, 'Progressing');
});

test('record-applied: what was just recorded has not drifted, also when its resourceVersion moves on', () => {
  const rules = {
    handTools: defaultHandTools,
    keeps: () => false,
    ignores: () => false,
    pare: (value: unknown) => value,
  };
  for (const live of [aDeployment(), applied(aConfigMap('a', { k: 'v' }), { 'f:data': { 'f:k': {} } })]) {
    const later = { ...live, metadata: { ...live.metadata, resourceVersion: '999' } };
    deepEqual(findDrift(settledObject(live, means), later, rules), { verdict: 'clean' });
  }
});
