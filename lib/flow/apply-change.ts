/** Applies one object: takes over first what others left on it, then one server-side apply. */

import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';
import { trackedBy } from '../core/plan/mark.ts';
import type { Applying } from '../core/plan/plan.ts';
import type { RecordedObject } from '../core/record/record.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { makeRoom } from './make-room.ts';
import { otherApplications } from './other-applications.ts';
import { fieldsToOwn } from './own-fields.ts';
import { type PartToApply, partToApply } from './part-to-apply.ts';
import { refOf } from './ref-of.ts';
import { rehearseWrite, type WriteToRehearse } from './rehearse-write.ts';
import { whileStale } from './while-stale.ts';
import { writeOptions } from './write-options.ts';

export type ChangeToApply = { change: Applying; wanted: Desired; recorded: RecordedObject | null; entry: Entry };

/**
 * Every write names the state it is meant for: an object that is to be new may not be there, one that is there must be as it
 * was just read. So a worker that was stopped in between cannot undo what the next one did. Fault apply.stale when the object
 * is another one than the plan saw; the sync plans again.
 */
export async function applyChange(item: ChangeToApply, ports: Ports): Promise<KubernetesObject> {
  if (item.change.action === 'recreate') return recreate(item, ports);
  try {
    return await write(item, ports);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'apply.immutable_field') throw error;
    // A heal is not rehearsed: what it meets here the rehearsal either explains, or lets be made anew.
    await rehearseWrite(rehearsalOf(item), ports.cluster(item.entry.cluster));
    return recreate(item, ports);
  }
}

async function recreate(item: ChangeToApply, ports: Ports): Promise<KubernetesObject> {
  await makeRoom(item, ports);
  return write({ ...item, change: { ...item.change, action: 'create', uid: null } }, ports);
}

function rehearsalOf({ wanted, recorded, entry }: ChangeToApply): WriteToRehearse {
  return { wanted, application: entry.application, live: null, before: recorded?.manifest ?? null };
}

function write(item: ChangeToApply, ports: Ports): Promise<KubernetesObject> {
  return whileStale((attempt) => {
    // What is to be new is looked at only once it turned out to be there.
    return item.change.uid === null && attempt === 1 ? create(item, ports) : writeAsRead(item, ports);
  });
}

function create({ wanted, entry }: ChangeToApply, ports: Ports): Promise<KubernetesObject> {
  const { validate } = writeOptions(wanted.object, entry.application);
  return ports.cluster(entry.cluster).apply(wanted.object, { dryRun: false, absent: true, validate });
}

async function writeAsRead(item: ChangeToApply, ports: Ports): Promise<KubernetesObject> {
  const { change, wanted, entry } = item;
  const cluster = ports.cluster(entry.cluster);
  const live = await cluster.read(refOf(wanted));
  if (live === null && change.uid === null) return create(item, ports);
  const taken = live === null || change.drift === null ? null : await takenFrom(item, live, ports);
  if (live === null || taken !== null || !isMeant(live, item))
    throw new Fault('apply.stale', { object: formatKey(change.key) });
  const { replace, validate } = writeOptions(wanted.object, entry.application);
  const options = { dryRun: false, validate };
  if (replace) return cluster.replace(wanted.object, { ...options, live });
  const part = await partToApply({ wanted, live, heals: change.drift !== null }, entry, ports);
  const { uid = '', resourceVersion = '' } = await takeOver(live, part, item, ports);
  const metadata = { ...part.object.metadata, uid, resourceVersion };
  return cluster.apply({ ...part.object, metadata }, options);
}

async function takenFrom(
  { recorded, entry }: ChangeToApply,
  live: KubernetesObject,
  ports: Ports,
): Promise<string | null> {
  return recorded === null ? null : otherApplications(entry, ports).takenBy(live, recorded);
}

/** What was to be new and is there: made by this sync before it was cut off. */
function isMeant(live: KubernetesObject, { change, entry }: ChangeToApply): boolean {
  const owner = trackedBy(live);
  const isOurs = owner === entry.application.name;
  if (change.uid === null) return isOurs;
  // Another Application may have taken it over since it was planned. Drift may be that somebody edited our mark.
  const mayTake = isOurs || owner === null || owner === change.takesFrom || change.drift !== null;
  return live.metadata.uid === change.uid && mayTake;
}

/** The metadata to build on once the ownership is as it ought to be. */
async function takeOver(
  live: KubernetesObject,
  part: PartToApply,
  { wanted, recorded, entry }: ChangeToApply,
  ports: Ports,
): Promise<KubernetesObject['metadata']> {
  const { resourceVersion = '' } = live.metadata;
  const managedFields = fieldsToOwn({ live, part, recorded, application: entry.application });
  if (managedFields === null) return live.metadata;
  return (await ports.cluster(entry.cluster).own(refOf(wanted), { managedFields, resourceVersion })).metadata;
}
