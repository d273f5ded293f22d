/** Puts an exported state into a store, so that everything goes on where it was. Read through once before anything is written. */
import type { ApplicationState } from '../core/application/application-state.ts';
import type { Event } from '../core/event/event.ts';
import { Fault } from '../core/fault/fault.ts';
import { dropSeals } from '../core/recovery/drop-seals.ts';
import { awaitsConfirmation } from '../core/recovery/hold-after-loss.ts';
import { type ExportedApplication, keyFingerprint, parseStateLine } from '../core/recovery/state-file.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { checkState, type StateSource } from './check-state.ts';
import { restoreHold } from './hold-application.ts';
import { mirrorDeployed } from './mirror.ts';
import { collectBlobs, saveRecord } from './stored-json.ts';

export type Imported = {
  imported: string[];
  /** Were here already, with a state of their own. */
  kept: string[];
  events: number;
  /** The file belongs to another installation key: what stood for secret values was dropped. */
  otherKey: boolean;
};

/** Faults state.invalid, state.newer_version, state.other_installation, state.not_empty, state.busy. */
export async function importState(source: StateSource, { merge }: { merge: boolean }, ports: Ports): Promise<Imported> {
  const heading = await checkState(source, ports);
  const present = (await ports.applications.list()).filter(hasState).map(({ application }) => application.name);
  if (present.length > 0 && !merge) {
    throw new Fault('state.not_empty', { applications: present.join(', '), file: source.file });
  }
  const result: Imported = {
    imported: [],
    kept: [],
    events: 0,
    otherKey: heading.key !== keyFingerprint(ports.installationKey),
  };
  const events: Event[] = [];
  for await (const text of source.lines()) {
    const line = parseStateLine(text);
    if (line === null || 'trueup' in line || 'end' in line) continue;
    if ('event' in line) {
      events.push(line.event);
      result.events += 1;
      if (events.length === eventsAtOnce) await appendEvents(events.splice(0), ports);
      continue;
    }
    const { name } = line.application.document;
    if (present.includes(name)) result.kept.push(name);
    else {
      await importApplication(otherOrSame(line.application, result), source, ports);
      result.imported.push(name);
    }
  }
  await appendEvents(events, ports);
  return result;
}

const eventsAtOnce = 200;

/** Nobody is told again. */
async function appendEvents(events: readonly Event[], ports: Ports): Promise<void> {
  if (events.length > 0) await ports.events.append(events.map((event) => ({ event, channels: [] })));
}

/** What the fleet has only registered, and what was made anew after a loss, gives way. */
function hasState({ state, hold }: Entry): boolean {
  const isKnown = state.record !== null || state.synced !== null || state.operation !== null;
  return isKnown && !awaitsConfirmation(hold);
}

function otherOrSame(given: ExportedApplication, { otherKey }: Imported): ExportedApplication {
  return otherKey && given.record !== null ? { ...given, record: dropSeals(given.record) } : given;
}

const leaseMs = 60_000;

async function importApplication(given: ExportedApplication, { file }: StateSource, ports: Ports): Promise<void> {
  const { document, leaving, hold, record } = given;
  const { name } = document;
  const before = await ports.applications.get(name);
  const state: ApplicationState = {
    ...given.state,
    record: record === null ? null : await saveRecord(name, record, ports),
  };
  // Whoever takes it up before its state is there finds it lost, and deploys nothing.
  if (record !== null) await mirrorDeployed(name, ports);
  await ports.applications.put(document, { cluster: ports.clusterOf(document.destination) ?? given.cluster, leaving });
  const lease = await ports.leases.take(name, { holder: ports.holder, now: ports.now(), forMs: leaseMs });
  if (lease === null) throw new Fault('state.busy', { application: name, file });
  await ports.leases.write(lease, state);
  await restoreHold(name, hold, ports);
  await ports.wakes.suspect(name, ['*'], ports.now());
  const wanted = (await ports.applications.get(name))?.wanted ?? 0;
  await ports.leases.release(lease, { wanted, lookAt: ports.now() });
  await ports.queue.send({ about: 'application', name, why: 'imported' });
  if (before !== null) await collectBlobs(before.state, state, ports);
}
