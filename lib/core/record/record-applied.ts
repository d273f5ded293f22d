/** What the record keeps of an object that was just applied. */
import { settle } from '../drift/find-drift.ts';
import type { Assess } from '../health/assess-health.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { fieldManager } from '../object/tracking.ts';
import type { Desired } from '../plan/desired.ts';
import type { AppliedObject, RecordedObject } from './record.ts';
import { sealSecret } from './seal-secrets.ts';

/** `key` seals the values of Secrets. */
export type Means = { key: Uint8Array; assess: Assess };

export function recordApplied(wanted: Desired, live: KubernetesObject, means: Means): RecordedObject {
  return { ...intend(wanted, means.key), applied: settledObject(live, means) };
}

/** An object about to be written: in the record before the first write, so that a killed sync leaves nothing unknown behind. */
export function intend({ key: objectKey, object, origin, hash }: Desired, key: Uint8Array): RecordedObject {
  return {
    key: objectKey,
    apiVersion: object.apiVersion,
    origin,
    desiredHash: hash,
    manifest: sealSecret(object, key),
    applied: null,
  };
}

/** The live object as of now counts as what we put there. */
export function settledObject(live: KubernetesObject, { key, assess }: Means): AppliedObject {
  const ours = live.metadata.managedFields?.find(
    (entry) => entry.manager === fieldManager && entry.operation === 'Apply',
  );
  const fieldsV1 = ours?.fieldsV1 ?? {};
  return {
    uid: live.metadata.uid ?? '',
    resourceVersion: live.metadata.resourceVersion ?? '',
    fieldsV1,
    settled: settle(sealSecret(live, key), fieldsV1),
    health: assess(live),
  };
}
