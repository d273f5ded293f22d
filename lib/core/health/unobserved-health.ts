/** Whether a controller has seen the latest change: until then its status speaks of the past. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Health } from './health.ts';
import { countAt } from './read-field.ts';

/** null: it has. */
export function unobservedHealth(object: KubernetesObject): Health | null {
  const generation = object.metadata.generation ?? 0;
  const observed = countAt(object, 'status', 'observedGeneration');
  if (generation <= observed) return null;
  return {
    status: 'Progressing',
    because: `The controller has not seen the latest change yet (generation ${generation}, observed ${observed})`,
  };
}
