/** Health of a CronWorkflow of Argo Workflows: whether the last one could be started. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';

export function cronWorkflowHealth(object: KubernetesObject): Health {
  const failed = findCondition(object, 'SubmissionError') ?? findCondition(object, 'SpecError');
  return failed?.status === 'True'
    ? { status: 'Degraded', because: sayCondition(failed, 'No workflow could be started') }
    : { status: 'Healthy' };
}
