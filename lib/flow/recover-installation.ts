/** Comes back from nothing but Git and the clusters: makes every record anew and says what differs. Writes to no cluster. */
import type { Hold } from '../core/application/application-state.ts';
import { Fault, type FaultReport } from '../core/fault/fault.ts';
import { changesOf, type Plan } from '../core/plan/plan.ts';
import { awaitsConfirmation } from '../core/recovery/hold-after-loss.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication } from './find-application.ts';
import { findOwnedObjects } from './find-owned-objects.ts';
import { confirmApplication } from './hold-application.ts';
import { isUnknown, noticeFound } from './notice-loss.ts';
import { planApplication } from './plan-application.ts';
import { loadRecord } from './stored-json.ts';
import { syncApplication } from './sync-application.ts';

export type Recovered = {
  application: string;
  cluster: string;
  /** How many objects were found in the cluster. */
  objects: number;
  /** What the first sync will do; null while that is not known. */
  differs: { create: number; update: number; delete: number; leave: number } | null;
  hold: Hold | null;
  confirmed: boolean;
  /** Why it could not be read or compared; it stays held. */
  fault: FaultReport | null;
  /** Another worker is at it: ask again. */
  busy: boolean;
};

/** Those of `names` whose state was lost, by name. The fleet has been read. `confirm`: ends the hold of each that was compared with Git. */
export async function recoverInstallation(
  names: readonly string[],
  { confirm }: { confirm: { who: string } | null },
  ports: Ports,
): Promise<Recovered[]> {
  const recovered: Recovered[] = [];
  for (const name of names) {
    const entry = await noticed(name, ports);
    if (awaitsConfirmation(entry.hold)) recovered.push(await recover(name, confirm, ports));
  }
  return recovered;
}

/** Also where the mirror is gone with the table: then the objects in the cluster tell. */
async function noticed(name: string, ports: Ports): Promise<Entry> {
  const entry = await findApplication(name, ports);
  if (!isUnknown(entry)) return entry;
  await noticeFound(entry, await findOwnedObjects(entry, ports), ports);
  return findApplication(name, ports);
}

async function recover(name: string, confirm: { who: string } | null, ports: Ports): Promise<Recovered> {
  try {
    const { next } = await syncApplication(name, ports);
    const entry = await findApplication(name, ports);
    if (entry.state.record === null || entry.state.sync === 'Unknown')
      return { ...(await rowOf(entry, ports)), fault: entry.state.condition, busy: next === 'busy' };
    const differs = countChanges(await planApplication(name, ports));
    const confirmed = confirm !== null && (await confirmApplication(name, confirm, ports));
    return { ...(await rowOf(await findApplication(name, ports), ports)), differs, confirmed };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...(await rowOf(await findApplication(name, ports), ports)), fault: error.report() };
  }
}

async function rowOf({ application, cluster, state, hold }: Entry, ports: Ports): Promise<Recovered> {
  const objects = Object.keys((await loadRecord(state.record, ports)).objects).length;
  const { name } = application;
  return { application: name, cluster, objects, differs: null, hold, confirmed: false, fault: null, busy: false };
}

function countChanges(plan: Plan): NonNullable<Recovered['differs']> {
  const changes = changesOf(plan);
  const of = (action: string) => changes.filter((change) => change.action === action).length;
  return { create: of('create'), update: of('update'), delete: of('delete'), leave: of('skip') };
}
