/** Health of a Namespace: Argo CD has no rule for it, but what is put into a namespace that ends is refused. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { conditionsOf } from './conditions.ts';
import type { Health } from './health.ts';
import { textAt } from './read-field.ts';

export function namespaceHealth(object: KubernetesObject): Health {
  if (textAt(object, 'status', 'phase') !== 'Terminating') return { status: 'Healthy' };
  const blockers = conditionsOf(object).filter(({ status, message }) => status === 'True' && message !== '');
  return {
    status: 'Progressing',
    because: ['The namespace is being deleted', ...blockers.map(({ message }) => message)].join('; '),
  };
}
