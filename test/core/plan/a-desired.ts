/** An object as Git wants it, for tests of planning; give only what the test is about. */

import { assessHealth } from '../../../lib/core/health/assess-health.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { keyOf } from '../../../lib/core/object/object-key.ts';
import { readApplicationOptions } from '../../../lib/core/options/read-application-options.ts';
import { readObjectOptions } from '../../../lib/core/options/read-object-options.ts';
import type { Desired } from '../../../lib/core/plan/desired.ts';
import { hashObject } from '../../../lib/core/plan/hash-object.ts';
import type { Means } from '../../../lib/core/record/record-applied.ts';

export const hashKey = new Uint8Array(32).fill(7);

export const means: Means = { key: hashKey, assess: (object) => assessHealth(object, []) };

export function aDesired(object: KubernetesObject, given: Partial<Desired> = {}): Desired {
  const origin = { file: `${object.metadata.name}.yaml`, line: 1 };
  const options = readObjectOptions(object, readApplicationOptions([]));
  return {
    key: keyOf(object),
    object,
    origin,
    hash: hashObject(object, hashKey),
    options,
    tracking: null,
    served: true,
    ...given,
  };
}

export function aConfigMap(name: string, data: Record<string, string> = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data };
}
