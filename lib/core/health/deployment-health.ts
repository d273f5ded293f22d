/** Health of a Deployment, by Argo CD's rules (gitops-engine health_deployment.go), which are those of `kubectl rollout status`. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { countAt, fieldAt, numberAt } from './read-field.ts';
import { unobservedHealth } from './unobserved-health.ts';

export function deploymentHealth(object: KubernetesObject): Health {
  if (fieldAt(object, 'spec', 'paused') === true) {
    return { status: 'Suspended', because: 'The Deployment is paused: changes roll out once spec.paused is false' };
  }
  return unobservedHealth(object) ?? rolloutHealth(object);
}

function rolloutHealth(object: KubernetesObject): Health {
  const desired = numberAt(object, 'spec', 'replicas');
  const total = countAt(object, 'status', 'replicas');
  const updated = countAt(object, 'status', 'updatedReplicas');
  const available = countAt(object, 'status', 'availableReplicas');

  if (findCondition(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded') {
    return {
      status: 'Degraded',
      because: `${missedDeadline(object)}: ${available} of ${desired ?? 1} replicas are available${whyNoPods(object)}`,
    };
  }
  if (desired !== null && updated < desired) {
    return { status: 'Progressing', because: `${updated} of ${desired} replicas are updated${whyNoPods(object)}` };
  }
  if (total > updated) {
    return { status: 'Progressing', because: `${total - updated} of ${total} replicas still run the previous version` };
  }
  if (available < updated) {
    return { status: 'Progressing', because: `${available} of ${updated} replicas are available` };
  }
  return { status: 'Healthy' };
}

function missedDeadline(object: KubernetesObject): string {
  const deadline = numberAt(object, 'spec', 'progressDeadlineSeconds');
  return deadline === null ? 'The rollout is past its deadline' : `The rollout made no progress for ${deadline} s`;
}

/** A quota or an admission rule that forbids the pods is told by this condition alone: there is no pod to look at. */
function whyNoPods(object: KubernetesObject): string {
  const failure = findCondition(object, 'ReplicaFailure');
  return failure?.status === 'True' && failure.message !== '' ? ` (${failure.message})` : '';
}
