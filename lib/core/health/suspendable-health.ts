/** Health of what can be told to stand still: Suspended while it does, else as its kind has it. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { fieldAt } from './read-field.ts';

/** By `spec.suspend`, as Flux and CronWorkflows have it. */
export function unlessSuspended(
  assess: (object: KubernetesObject) => Health | null,
): (object: KubernetesObject) => Health | null {
  return (object) =>
    fieldAt(object, 'spec', 'suspend') === true
      ? { status: 'Suspended', because: 'It is suspended: it goes on once spec.suspend is false' }
      : assess(object);
}

/** By the condition Paused, as KEDA has it. */
export function unlessPaused(assess: (object: KubernetesObject) => Health): (object: KubernetesObject) => Health {
  return (object) =>
    findCondition(object, 'Paused')?.status === 'True'
      ? { status: 'Suspended', because: 'Its scaling is paused' }
      : assess(object);
}
