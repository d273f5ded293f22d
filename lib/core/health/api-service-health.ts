/** Health of an APIService, by Argo CD's rules (gitops-engine health_apiservice.go). */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';

export function apiServiceHealth(object: KubernetesObject): Health {
  const available = findCondition(object, 'Available');
  if (available?.status === 'True') return { status: 'Healthy', because: sayCondition(available, 'Available') };
  return {
    status: 'Progressing',
    because: available === undefined ? 'Waiting to be processed' : sayCondition(available, 'It is not available'),
  };
}
