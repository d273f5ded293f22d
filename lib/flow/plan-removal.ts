/** Plans what becomes of an object that is in our record and no longer in Git. */
import { formatKey } from '../core/object/object-key.ts';
import { readApplicationOptions } from '../core/options/read-application-options.ts';
import { readObjectOptions } from '../core/options/read-object-options.ts';
import { ownerOf } from '../core/ownership/owner-of.ts';
import { waveOf } from '../core/plan/order-objects.ts';
import type { PlannedChange } from '../core/plan/plan.ts';
import type { ChangeInWave } from '../core/plan/stages-of.ts';
import { isOurUnmarked, isUnmarked } from '../core/plan/unmark.ts';
import { asksFirst, whyKept } from '../core/plan/why-kept.ts';
import { whyNot } from '../core/project/judge-objects.ts';
import type { RecordedObject } from '../core/record/record.ts';
import type { Ports } from '../ports/ports.ts';
import { refOf } from './ref-of.ts';
import type { Planning } from './rehearse-plan.ts';

export type Removal = ChangeInWave & {
  /** Only with a word of a person. */
  asksFirst: boolean;
};

/** null: it is gone already. Only an object that says it is ours is deleted, and none that another Application wants. */
export async function planRemoval(recorded: RecordedObject, planning: Planning, ports: Ports): Promise<Removal | null> {
  const { application, removal } = planning;
  const { key, apiVersion, manifest } = recorded;
  const live = await ports.cluster(planning.cluster).read(refOf(recorded));
  const uid = live?.metadata.uid;
  if (live === null || uid === undefined) return null;
  const options = readApplicationOptions(application.syncPolicy.syncOptions);
  const leaving = { live, manifest, removal };
  const { pruneLast } = readObjectOptions(manifest, options);
  const place = { wave: waveOf(manifest), last: pruneLast && !removal };
  const skip = (why: string): Removal => ({
    ...place,
    change: { action: 'skip', key, apiVersion, why },
    asksFirst: false,
  });
  const handOver = (to: string, last: boolean): Removal => ({
    ...place,
    last,
    change: { action: 'hand-over', key, apiVersion, to },
    asksFirst: false,
  });
  const owner = ownerOf(live, ports.installation);
  if (owner.is === 'nobody' && !isOurUnmarked(recorded, live))
    return skip(isUnmarked(recorded) ? 'it is another object than we had' : 'it no longer carries our tracking id');
  if (owner.is === 'installation') return skip(`it belongs to the installation ${owner.name} now`);
  const to = await planning.others.takenBy(live, recorded);
  if (to !== null) return handOver(to, place.last);
  if (owner.is === 'application' && owner.name !== application.name)
    return skip(`it belongs to the Application ${owner.name} now`);
  const forbidden = whyNot(key, planning.permission);
  if (forbidden !== null) return skip(`it is not permitted in the project: ${forbidden}`);
  if (live.metadata.deletionTimestamp !== undefined) return skip('it is being deleted');
  const why = whyKept(leaving, options);
  if (why !== null) return skip(why);
  if (!planning.prune) return skip(`pruning is off; ${formatKey(key)} stays`);
  const claim = await planning.others.claimOn(key);
  if (claim?.when === 'later')
    return skip(`the Application ${claim.by} wants it, and takes it over with its next sync`);
  // Behind everything else, so that two that take from each other do not wait for each other.
  if (claim !== null) return handOver(claim.when === 'soon' ? claim.by : '', true);
  const propagation = removal ? removalPropagation(planning) : options.propagation;
  const change: PlannedChange = { action: 'delete', key, apiVersion, uid, propagation };
  return { ...place, change, asksFirst: asksFirst(leaving, options) };
}

/** As the finalizer says: Argo CD's `…/background`, else in the foreground. */
function removalPropagation({ application }: Planning): 'Foreground' | 'Background' {
  return application.finalizers.some((finalizer) => finalizer === 'resources-finalizer.argocd.argoproj.io/background')
    ? 'Background'
    : 'Foreground';
}
