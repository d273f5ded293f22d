import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { findDrift } from '../../../lib/core/drift/find-drift.ts';
import { defaultHandTools } from '../../../lib/core/drift/hand-tools.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { recordApplied } from '../../../lib/core/record/record-applied.ts';
import { sealSecret } from '../../../lib/core/record/seal-secrets.ts';
import { dropSeals } from '../../../lib/core/recovery/drop-seals.ts';
import { aConfigMap, aDesired, means } from '../plan/a-desired.ts';

const otherKey = new Uint8Array(32).fill(8);
const fieldsV1 = { 'f:data': { 'f:password': {} }, 'f:metadata': { 'f:labels': { 'f:app': {} } }, 'f:type': {} };
const secret: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'login',
    namespace: 'shop',
    uid: 'uid-1',
    resourceVersion: '3',
    labels: { app: 'web' },
    managedFields: [{ manager: 'trueup', operation: 'Apply', fieldsV1 }],
  },
  type: 'Opaque',
  data: { password: 'aHVzaA==' },
};
const rules = {
  handTools: defaultHandTools,
  keeps: () => false,
  ignores: () => false,
  pare: (value: unknown) => value,
};

function moved(object: KubernetesObject) {
  const { login } = dropSeals({ objects: { login: recordApplied(aDesired(object), object, means) } }).objects;
  if (login?.applied == null) throw new Error('it is in the record');
  return { ...login, applied: login.applied };
}

test('drop-seals leaves nothing that only another key can read, and what is no secret', () => {
  const recorded = moved(secret);
  deepEqual(JSON.stringify(recorded).includes('hmac-sha256'), false);
  deepEqual(recorded.applied.settled, { 'f:metadata': { 'f:labels': { 'f:app': 'web' } }, 'f:type': 'Opaque' });
  deepEqual([recorded.desiredHash, recorded.applied.uid], ['', 'uid-1']);
});

test('drop-seals: the same Secret sealed with the new key is no drift, and a label that was changed is', () => {
  const { applied } = moved(secret);
  const verdict = (live: KubernetesObject) => findDrift(applied, sealSecret(live, otherKey), rules).verdict;
  const relabelled = { ...secret, metadata: { ...secret.metadata, labels: { app: 'evil' } } };
  deepEqual([verdict(secret), verdict(relabelled)], ['clean', 'drifted']);
});

test('drop-seals leaves every other kind as it is', () => {
  const config = aConfigMap('a', { k: '1' });
  const record = { objects: { a: recordApplied(aDesired(config), config, means) } };
  deepEqual(dropSeals(record), record);
});
