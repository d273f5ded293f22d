/** An object as it will be sent to the cluster: a manifest with its namespace, our marks and its hash. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Origin } from '../object/manifest.ts';
import type { ObjectKey } from '../object/object-key.ts';
import type { ObjectOptions } from '../options/object-options.ts';
import type { TrackingMode } from '../options/tracking-mode.ts';

export type Desired = {
  key: ObjectKey;
  /** Secret values are in it: lives in memory only. */
  object: KubernetesObject;
  origin: Origin;
  /** Hash of the object with secret values keyed. */
  hash: string;
  options: ObjectOptions;
  /** As asked for; null: nobody did. */
  tracking: TrackingMode | null;
  /** False: its kind comes with a CustomResourceDefinition of the same sync. */
  served: boolean;
};
