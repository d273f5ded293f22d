/** Health of a StatefulSet, by Argo CD's rules (gitops-engine health_statefulset.go). */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Health } from './health.ts';
import { countAt, fieldAt, numberAt, textAt } from './read-field.ts';
import { unobservedHealth } from './unobserved-health.ts';

export function statefulSetHealth(object: KubernetesObject): Health {
  if (countAt(object, 'status', 'observedGeneration') === 0) {
    return { status: 'Progressing', because: 'The controller has not seen this StatefulSet yet' };
  }
  return unobservedHealth(object) ?? rolloutHealth(object);
}

function rolloutHealth(object: KubernetesObject): Health {
  const desired = numberAt(object, 'spec', 'replicas');
  const ready = countAt(object, 'status', 'readyReplicas');
  const updated = countAt(object, 'status', 'updatedReplicas');
  const strategy = textAt(object, 'spec', 'updateStrategy', 'type');

  if (desired !== null && ready < desired) {
    return { status: 'Progressing', because: `${ready} of ${desired} replicas are ready` };
  }
  if (strategy === 'RollingUpdate' && fieldAt(object, 'spec', 'updateStrategy', 'rollingUpdate') !== undefined) {
    return partitionedHealth(object, updated, desired ?? 0);
  }
  if (strategy === 'OnDelete') {
    return {
      status: 'Healthy',
      because: `${ready} replicas are ready; a new version comes when its pods are deleted (OnDelete)`,
    };
  }
  if (textAt(object, 'status', 'updateRevision') !== textAt(object, 'status', 'currentRevision')) {
    return { status: 'Progressing', because: `${updated} of ${desired ?? 1} replicas are updated` };
  }
  return { status: 'Healthy' };
}

/** The API server fills in partition 0, so this is the rule for every ordinary rolling update. */
function partitionedHealth(object: KubernetesObject, updated: number, desired: number): Health {
  const partition = countAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  const wanted = desired - partition;
  if (updated < wanted) {
    return {
      status: 'Progressing',
      because: `${updated} of ${wanted} replicas are updated${partition > 0 ? ` (partition ${partition})` : ''}`,
    };
  }
  return partition > 0
    ? {
        status: 'Healthy',
        because: `The replicas from ${partition} on are updated; the partition keeps the others as they are`,
      }
    : { status: 'Healthy' };
}
