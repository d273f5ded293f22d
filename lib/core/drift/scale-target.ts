/** Says whether an autoscaler (a HorizontalPodAutoscaler, or a ScaledObject of KEDA) sets the replicas of an object. */
import { isRecord } from '../object/is-record.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { groupOf, type ObjectKey } from '../object/object-key.ts';

export const autoscalerKinds: readonly { group: string; kind: string }[] = [
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'keda.sh', kind: 'ScaledObject' },
];

/** `autoscaler` is of one of `autoscalerKinds` and in the namespace of the object. KEDA means a Deployment where it names no kind. */
export function scales(autoscaler: KubernetesObject, { group, kind, name }: ObjectKey): boolean {
  const spec = isRecord(autoscaler.spec) ? autoscaler.spec : {};
  if (!isRecord(spec.scaleTargetRef)) return false;
  const { apiVersion = 'apps/v1', kind: target = 'Deployment', name: of } = spec.scaleTargetRef;
  return groupOf(String(apiVersion)) === group && target === kind && of === name;
}
