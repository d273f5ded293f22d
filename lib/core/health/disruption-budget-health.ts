/** Health of a PodDisruptionBudget, by Argo CD's rules (resource_customizations/policy): too few pods is no fault of the budget. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { conditionsOf, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';

export function disruptionBudgetHealth(object: KubernetesObject): Health {
  const conditions = conditionsOf(object);
  if (conditions.length === 0) return { status: 'Progressing', because: 'The controller has not seen this budget yet' };
  const failed = conditions.find(({ status, reason }) => status === 'False' && reason !== 'InsufficientPods');
  return failed === undefined
    ? { status: 'Healthy' }
    : { status: 'Degraded', because: sayCondition(failed, 'The budget cannot be computed') };
}
