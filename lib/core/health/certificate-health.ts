/** Health of cert-manager's kinds (cert-manager.io, "Certificate resource"): one that is there is good while the next is fetched. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition, sayCondition } from './conditions.ts';
import { customResourceHealth } from './custom-resource-health.ts';
import type { Health } from './health.ts';

export function certificateHealth(object: KubernetesObject): Health {
  const known = customResourceHealth(object);
  if (known?.status === 'Healthy') return known;
  const issuing = findCondition(object, 'Issuing');
  // It is tried again an hour later at the earliest.
  if (issuing?.status === 'False' && issuing.reason === 'Failed')
    return { status: 'Degraded', because: sayCondition(issuing, 'It was not issued') };
  return known ?? { status: 'Progressing', because: 'Its controller has not looked at it yet' };
}
