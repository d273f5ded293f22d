/** Notices that an Application was deployed before though nothing is known of it, and holds it instead of deploying it by surprise. */
import type { Hold } from '../core/application/application-state.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { Desired } from '../core/plan/desired.ts';
import { awaitsConfirmation } from '../core/recovery/hold-after-loss.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { findOwnedObjects } from './find-owned-objects.ts';
import { holdLostApplication } from './hold-application.ts';
import { mirroredHold, wasDeployed } from './mirror.ts';
import type { Run } from './outcome.ts';

/** For one that the register has just been told of. */
export async function noticeReturn(application: string, ports: Ports): Promise<void> {
  const [deployed, before] = await Promise.all([wasDeployed(application, ports), mirroredHold(application, ports)]);
  if (deployed || before !== null) await holdLostApplication(application, before, ports);
}

/** For one that is about to be worked on; whoever registered it may have been killed before it was held. True: it is held now. */
export async function noticeLoss(entry: Entry, ports: Ports): Promise<boolean> {
  const { name } = entry.application;
  if (!isUnknown(entry) || !(await wasDeployed(name, ports))) return false;
  await holdLostApplication(name, await lostHold(entry, ports), ports);
  return true;
}

/**
 * Fault sync.state_lost before the first sync of an Application whose objects are in the cluster already: nothing but Git
 * and the cluster is left, or it is deployed from elsewhere. That one left the fleet and came back, the record tells.
 */
export async function refuseUnknown(desired: readonly Desired[], { entry, ports }: Run): Promise<void> {
  const { application, cluster } = entry;
  const kinds = new Set(desired.map(({ key }) => `${key.group}/${key.kind}`));
  const found = await findOwnedObjects(entry, ports, ({ group, kind }) => kinds.has(`${group}/${kind}`));
  if (!(await noticeFound(entry, found, ports))) return;
  throw new Fault('sync.state_lost', { application: application.name, cluster, count: found.length });
}

/** True: what was found in the cluster tells that it was deployed before, and it is held now. */
export async function noticeFound(entry: Entry, found: readonly KubernetesObject[], ports: Ports): Promise<boolean> {
  const { name } = entry.application;
  if (found.length === 0 || (await leftTheFleet(name, ports))) return false;
  await holdLostApplication(name, await lostHold(entry, ports), ports);
  return true;
}

/** Nothing was ever written down about it, the intention of a first sync included. */
export function isUnknown({ leaving, hold, state }: Entry): boolean {
  return !leaving && state.record === null && state.operation === null && !awaitsConfirmation(hold);
}

async function lostHold({ application, hold }: Entry, ports: Ports): Promise<Hold | null> {
  return hold ?? mirroredHold(application.name, ports);
}

const searched = 500;

async function leftTheFleet(application: string, ports: Ports): Promise<boolean> {
  const events = await ports.events.list({ application, limit: searched });
  return events.some(({ type }) => type === 'application.removed');
}
