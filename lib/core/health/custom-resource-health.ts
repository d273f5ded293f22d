/**
 * Health of a custom resource whose controller follows the conventions of kstatus (sigs.k8s.io/cli-utils): a `Ready`
 * condition that says which generation it speaks of. Everything else is neutral, as in Argo CD: a `Ready` without a
 * generation may be older than the change, and kinds without it mean other things by their conditions. `Stalled` and `Reconciling`
 * are words of these conventions alone, and count without it.
 */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { numberAt } from './read-field.ts';

/** null: no health can be told. A `Ready: False` is Progressing, for controllers say so while they still try; `Stalled` is their word for giving up. */
export function customResourceHealth(object: KubernetesObject): Health | null {
  const ready = findCondition(object, 'Ready');
  const observed = ready?.observedGeneration ?? numberAt(object, 'status', 'observedGeneration');
  const generation = object.metadata.generation ?? 0;
  if (observed !== null && observed < generation) {
    return {
      status: 'Progressing',
      because: `The controller has not seen the latest change yet (generation ${generation}, observed ${observed})`,
    };
  }
  const stalled = findCondition(object, 'Stalled');
  if (stalled?.status === 'True')
    return { status: 'Degraded', because: sayCondition(stalled, 'The controller has given up') };
  const reconciling = findCondition(object, 'Reconciling');
  if (reconciling?.status === 'True')
    return { status: 'Progressing', because: sayCondition(reconciling, 'The controller is at work') };
  if (ready === undefined || observed === null) return null;
  return ready.status === 'True'
    ? { status: 'Healthy' }
    : { status: 'Progressing', because: sayCondition(ready, 'It is not ready') };
}
