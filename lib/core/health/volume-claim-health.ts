/**
 * Health of a PersistentVolumeClaim, by Argo CD's rules. A claim that no provisioner works on waits for the first pod
 * that uses it (WaitForFirstConsumer); to call that Progressing would hold up the wave the pod comes in, for ever.
 */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Health } from './health.ts';
import { textAt } from './read-field.ts';

/** Set when a provisioner is asked for the volume, and not before there is a pod where the class waits for one. */
const provisionerAnnotations = [
  'volume.kubernetes.io/storage-provisioner',
  'volume.beta.kubernetes.io/storage-provisioner',
];

export function volumeClaimHealth(object: KubernetesObject): Health {
  const phase = textAt(object, 'status', 'phase');
  switch (phase) {
    case 'Bound':
      return { status: 'Healthy' };
    case 'Lost':
      return {
        status: 'Degraded',
        because: `The volume ${textAt(object, 'spec', 'volumeName')} behind this claim is gone`,
      };
    case 'Pending':
      return pendingHealth(object);
    default:
      return { status: 'Unknown', because: 'The controller has not seen this claim yet' };
  }
}

function pendingHealth(object: KubernetesObject): Health {
  const annotations = object.metadata.annotations ?? {};
  const provisioner = provisionerAnnotations.map((name) => annotations[name]).find((name) => name !== undefined);
  return provisioner === undefined
    ? { status: 'Healthy', because: 'It waits for the first pod that uses it' }
    : { status: 'Progressing', because: `${provisioner} is asked for the volume` };
}
