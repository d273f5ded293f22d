/** Health of what gets an address from a load balancer: a Service of type LoadBalancer, an Ingress. Other Services need nothing. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Health } from './health.ts';
import { listAt, textAt } from './read-field.ts';

export function serviceHealth(object: KubernetesObject): Health {
  return textAt(object, 'spec', 'type') === 'LoadBalancer' ? addressHealth(object) : { status: 'Healthy' };
}

export function addressHealth(object: KubernetesObject): Health {
  return listAt(object, 'status', 'loadBalancer', 'ingress').length > 0
    ? { status: 'Healthy' }
    : { status: 'Progressing', because: 'No load balancer has given it an address yet' };
}
