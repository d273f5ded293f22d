/** What we have in a cluster for one Application, and what it looked like when we put it there. One immutable blob a version. */
import type { Health } from '../health/health.ts';
import type { FieldsV1, KubernetesObject } from '../object/kubernetes-object.ts';
import type { Origin } from '../object/manifest.ts';
import type { ObjectKey } from '../object/object-key.ts';

/** Formatted key → object. */
export type ApplicationRecord = { objects: Record<string, RecordedObject> };

export type RecordedObject = {
  key: ObjectKey;
  apiVersion: string;
  origin: Origin;
  /** Hash of the desired object, secret values keyed; empty where it was found in the cluster and differs from Git, or is not in Git. */
  desiredHash: string;
  /** The desired object as applied; secret values stand as keyed HMACs. */
  manifest: KubernetesObject;
  /** It was found in the cluster under our name, and Git never had it. */
  extra?: true;
  /** It has left Git and was not pruned: whoever deletes or edits it is not set back. */
  leftOver?: true;
  /** null: intended, not yet written. */
  applied: AppliedObject | null;
};

export type AppliedObject = {
  uid: string;
  resourceVersion: string;
  /** The fields our manager owns, as the API server returned them. */
  fieldsV1: FieldsV1;
  /** The live object's values at those fields, keyed like them; secret values as keyed HMACs. */
  settled: unknown;
  /** null: its kind has no health. */
  health: Health | null;
};
