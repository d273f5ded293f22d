/** Health of custom resources with one condition that decides: True is well, and False is no "not yet" but a failure, as in Argo CD's checks of them. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { numberAt } from './read-field.ts';
import { unobservedHealth } from './unobserved-health.ts';

export function decidingConditionHealth(type: string): (object: KubernetesObject) => Health {
  return (object) => {
    const says = findCondition(object, type);
    if (says === undefined) return { status: 'Progressing', because: `Its condition ${type} is not there yet` };
    const unobserved = numberAt(object, 'status', 'observedGeneration') === null ? null : unobservedHealth(object);
    if (unobserved !== null) return unobserved;
    if (says.status === 'True') return { status: 'Healthy' };
    const because = sayCondition(says, `Its condition ${type} is ${says.status}`);
    return { status: says.status === 'False' ? 'Degraded' : 'Progressing', because };
  };
}
