/** Lets go of an object that another Application has in Git now: it is never deleted, and waited for until it was taken. */
import { Fault } from '../core/fault/fault.ts';
import { formatKey } from '../core/object/object-key.ts';
import { ownerOf } from '../core/ownership/owner-of.ts';
import type { PlannedChange } from '../core/plan/plan.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import type { OtherApplications } from './other-applications.ts';
import { refOf } from './ref-of.ts';

type HandingOver = { change: Extract<PlannedChange, { action: 'hand-over' }>; entry: Entry; others: OtherApplications };

/** Returns once it was. Faults sync.awaits_hand_over, and apply.stale when things stand otherwise than the plan saw. */
export async function handOver({ change, entry, others }: HandingOver, ports: Ports): Promise<void> {
  const { key, to } = change;
  const live = await ports.cluster(entry.cluster).read(refOf(change));
  if (live === null) return;
  const object = formatKey(key);
  const owner = ownerOf(live, ports.installation);
  const application = entry.application.name;
  if (owner.is === 'application' && owner.name === to && to !== application) return;
  const isOurs = owner.is === 'application' && owner.name === application;
  const claim = isOurs ? await others.claimOn(key) : null;
  if (claim === null || claim.when === 'later') throw new Fault('apply.stale', { object });
  throw new Fault('sync.awaits_hand_over', { application, object, other: claim.by });
}
