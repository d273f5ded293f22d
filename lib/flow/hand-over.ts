/** Lets go of an object that another Application has in Git now: it is never deleted, and waited for until it was taken. */
import { Fault } from '../core/fault/fault.ts';
import { formatKey } from '../core/object/object-key.ts';
import { ownerOf } from '../core/ownership/owner-of.ts';
import type { PlannedChange } from '../core/plan/plan.ts';
import { isOurUnmarked } from '../core/plan/unmark.ts';
import type { RecordedObject } from '../core/record/record.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import type { OtherApplications } from './other-applications.ts';
import { refOf } from './ref-of.ts';

type HandingOver = {
  change: Extract<PlannedChange, { action: 'hand-over' }>;
  recorded: RecordedObject | null;
  others: OtherApplications;
};

/** Returns once it was. Faults sync.awaits_hand_over, and apply.stale when things stand otherwise than the plan saw. */
export async function handOver(
  { change, recorded, others }: HandingOver,
  { application, cluster }: Pick<Entry, 'application' | 'cluster'>,
  ports: Ports,
): Promise<void> {
  const { key, to } = change;
  const live = await ports.cluster(cluster).read(refOf(change));
  if (live === null || recorded === null) return;
  const facts = { application: application.name, object: formatKey(key) };
  const taken = await others.takenBy(live, recorded);
  if (taken !== null && taken === to) return;
  const owner = ownerOf(live, ports.installation);
  const isOurs = owner.is === 'nobody' ? isOurUnmarked(recorded, live) : owner.name === application.name;
  const claim = taken === null && isOurs ? await others.claimOn(key) : null;
  if (claim === null || claim.when === 'later') throw new Fault('apply.stale', facts);
  throw new Fault('sync.awaits_hand_over', { ...facts, other: claim.by });
}
