/** Plans what becomes of an object that is in our record and no longer in Git. */
import { formatKey } from '../core/object/object-key.ts';
import { trackedBy } from '../core/plan/mark.ts';
import type { PlannedChange } from '../core/plan/plan.ts';
import type { RecordedObject } from '../core/record/record.ts';
import type { Ports } from '../ports/ports.ts';
import type { Planning } from './rehearse-plan.ts';

/** null: it is gone already. Only an object that says it is ours is deleted. */
export async function planRemoval(
  recorded: RecordedObject,
  planning: Planning,
  ports: Ports,
): Promise<PlannedChange | null> {
  const { key, apiVersion } = recorded;
  const live = await ports
    .cluster(planning.cluster)
    .read({ apiVersion, kind: key.kind, namespace: key.namespace, name: key.name });
  const uid = live?.metadata.uid;
  if (live === null || uid === undefined) return null;
  const skip = (why: string): PlannedChange => ({ action: 'skip', key, apiVersion, why });
  const owner = trackedBy(live);
  if (owner !== planning.application.name) {
    return skip(owner === null ? 'it no longer carries our tracking id' : `it belongs to the Application ${owner} now`);
  }
  if (live.metadata.deletionTimestamp !== undefined) return skip('it is being deleted');
  const options = live.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';
  if (options.split(',').some((option) => option.trim() === 'Prune=false')) return skip('Prune=false');
  if (live.metadata.annotations?.['helm.sh/resource-policy'] === 'keep') return skip('helm.sh/resource-policy: keep');
  if (!planning.prune) return skip(`pruning is off; ${formatKey(key)} stays`);
  return { action: 'delete', key, apiVersion, uid };
}
