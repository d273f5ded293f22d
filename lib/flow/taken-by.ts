/** Whether an object that we had is another Application's now, and not only says so because somebody edited it. */
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import { trackedBy } from '../core/plan/mark.ts';
import type { Ports } from '../ports/ports.ts';
import { loadRecord } from './stored-json.ts';

/** The name of the Application that has it in its record; null: none but `application`. */
export async function takenBy(live: KubernetesObject, application: string, ports: Ports): Promise<string | null> {
  const owner = trackedBy(live);
  if (owner === null || owner === application) return null;
  const entry = await ports.applications.get(owner);
  if (entry === null) return null;
  const { objects } = await loadRecord(entry.state.record, ports);
  return formatKey(keyOf(live)) in objects ? owner : null;
}
