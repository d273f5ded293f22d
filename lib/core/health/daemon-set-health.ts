/** Health of a DaemonSet, by Argo CD's rules (gitops-engine health_daemonset.go). */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Health } from './health.ts';
import { countAt, textAt } from './read-field.ts';
import { unobservedHealth } from './unobserved-health.ts';

export function daemonSetHealth(object: KubernetesObject): Health {
  return unobservedHealth(object) ?? rolloutHealth(object);
}

function rolloutHealth(object: KubernetesObject): Health {
  const desired = countAt(object, 'status', 'desiredNumberScheduled');
  const updated = countAt(object, 'status', 'updatedNumberScheduled');
  const available = countAt(object, 'status', 'numberAvailable');

  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') {
    return {
      status: 'Healthy',
      because: `${updated} of ${desired} pods are updated; the others are when they are deleted (OnDelete)`,
    };
  }
  if (updated < desired) return { status: 'Progressing', because: `${updated} of ${desired} pods are updated` };
  if (available < desired) return { status: 'Progressing', because: `${available} of ${desired} pods are available` };
  return { status: 'Healthy' };
}
