/** Health of a ReplicaSet, by Argo CD's rules (gitops-engine health_replicaset.go). */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { countAt, numberAt } from './read-field.ts';
import { unobservedHealth } from './unobserved-health.ts';

export function replicaSetHealth(object: KubernetesObject): Health {
  return unobservedHealth(object) ?? replicasHealth(object);
}

function replicasHealth(object: KubernetesObject): Health {
  const failure = findCondition(object, 'ReplicaFailure');
  if (failure?.status === 'True') {
    return { status: 'Degraded', because: sayCondition(failure, 'Pods cannot be created') };
  }
  const desired = numberAt(object, 'spec', 'replicas');
  const available = countAt(object, 'status', 'availableReplicas');
  if (desired !== null && available < desired) {
    return { status: 'Progressing', because: `${available} of ${desired} replicas are available` };
  }
  return { status: 'Healthy' };
}
