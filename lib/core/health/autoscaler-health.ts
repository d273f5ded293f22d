/** Health of a HorizontalPodAutoscaler, by Argo CD's rules (gitops-engine health_hpa.go). */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { type Condition, conditionsOf, readCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';

/** autoscaling/v1 has no field for conditions; the server puts them into this annotation as JSON. */
const conditionsAnnotation = 'autoscaling.alpha.kubernetes.io/conditions';

const failures: Record<string, readonly string[]> = {
  AbleToScale: ['FailedGetScale', 'FailedUpdateScale'],
  ScalingActive: [
    'FailedGetResourceMetric',
    'FailedGetContainerResourceMetric',
    'FailedGetObjectMetric',
    'FailedGetPodsMetric',
    'FailedGetExternalMetric',
    'FailedComputeMetricsReplicas',
    'InvalidMetricSourceType',
    'InvalidSelector',
  ],
};

export function autoscalerHealth(object: KubernetesObject): Health {
  const conditions = object.apiVersion === 'autoscaling/v1' ? annotatedConditions(object) : conditionsOf(object);
  if (conditions === null) {
    return { status: 'Unknown', because: `The annotation ${conditionsAnnotation} is not a JSON list` };
  }
  const failed = conditions.find((condition) => failures[condition.type]?.includes(condition.reason));
  if (failed !== undefined) return { status: 'Degraded', because: sayCondition(failed, 'It cannot scale') };
  return conditions.some(isWorking)
    ? { status: 'Healthy' }
    : { status: 'Progressing', because: 'The autoscaler has not read its metrics yet' };
}

function isWorking({ type, status }: Condition): boolean {
  return status === 'True' && (type === 'AbleToScale' || type === 'ScalingLimited');
}

/** null: the annotation cannot be read. */
function annotatedConditions(object: KubernetesObject): Condition[] | null {
  try {
    const entries: unknown = JSON.parse(object.metadata.annotations?.[conditionsAnnotation] ?? '[]');
    return Array.isArray(entries) ? entries.map(readCondition) : null;
  } catch {
    return null;
  }
}
