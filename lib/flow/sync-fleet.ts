/** Reads the fleet into the register: Applications that are new, changed or gone. */
import { isDeepStrictEqual } from 'node:util';
import type { Application } from '../core/application/application.ts';
import { emptiedFiles } from '../core/application/emptied-files.ts';
import { readApplications } from '../core/application/read-applications.ts';
import { dependenciesOf } from '../core/dependency/dependencies.ts';
import { cycleFault } from '../core/dependency/dependency-block.ts';
import { findCycles } from '../core/dependency/find-cycles.ts';
import { inOrder } from '../core/dependency/in-order.ts';
import type { Event, EventBody } from '../core/event/event.ts';
import { Fault, mayRetry } from '../core/fault/fault.ts';
import { hashValue } from '../core/plan/hash-object.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { callForNotices } from './call-for-notices.ts';
import { checkScripts } from './check-scripts.ts';
import { keepRules } from './keep-rules.ts';
import { forgetMirrored } from './mirror.ts';
import { noticeReturn } from './notice-loss.ts';
import { collectBlobs } from './stored-json.ts';
import { holdSlot } from './with-slot.ts';

export type FleetRead = { applications: string[]; removed: string[]; faults: Fault[] };

/** A cluster's name has no space. */
const slotName = 'the fleet';
/** A large fleet is registered in turns of this; what is begun in it ends well before the slot does. */
const turnMs = 150_000;
const slotMs = 180_000;

/**
 * Of two who read at once, the one who read the older documents may be the later to register them: so one reads at a time.
 * null: somebody else does at this moment.
 */
export function syncFleet(ports: Ports): Promise<FleetRead | null> {
  const until = ports.now() + turnMs;
  return holdSlot({ name: slotName, of: 1, forMs: slotMs }, ports, () => readFleet(until, ports));
}

/** While any document cannot be read, nothing is removed: a typing error is no wish to delete. */
async function readFleet(until: number, ports: Ports): Promise<FleetRead> {
  const { files, at } = await ports.fleet.read();
  const { applications, projects, faults, ignored, customizations, customizedIn, without } = readApplications(files);
  if (customizedIn !== null) faults.push(...(await checkScripts(customizations, customizedIn, ports)));
  const registered = new Map((await ports.applications.list()).map((entry) => [entry.application.name, entry]));
  const missing = unread(applications, registered);
  const former = (await ports.fleetRules.get()).projects.filter(({ name }) =>
    projects.every((each) => each.name !== name),
  );
  faults.push(...emptiedFiles({ applications: missing, projects: former }, without));
  // While any document cannot be read, what is missing may stand in it.
  const dependencies = dependenciesOf([...applications, ...(faults.length > 0 ? missing : [])]);
  // Before what they hold for is registered.
  await keepRules({ projects, customizations, dependencies, faults }, [...registered.values()], ports);
  const placed: Application[] = [];
  // What depends on others finds them changed when it is woken.
  for (const application of inOrder(applications, (each) => each)) {
    const cluster = placeOf(application, ports);
    if (cluster instanceof Fault) {
      faults.push(cluster);
      continue;
    }
    if (ports.now() > until) return goOnLater(placed, faults, ports);
    placed.push(application);
    await register(application, cluster, registered.get(application.name) ?? null, at, ports);
  }
  // What is no Application is said too, but is no reason to keep what left the fleet. What waiting cures is not worth a word.
  const cycles = findCycles(dependencies).map((cycle) => cycleFault(cycle, dependencies));
  for (const fault of [...faults, ...ignored, ...cycles].filter((each) => !mayRetry(each)))
    await tell(fault, at, ports);
  if (faults.length > 0) await callForNotices('fleet', ports);
  const removed = faults.length > 0 ? [] : await removeOthers(applications, registered, { at, until }, ports);
  return { applications: placed.map(({ name }) => name), removed, faults };
}

/** Those that no document speaks of, and that are not about to go. */
function unread(applications: readonly Application[], registered: ReadonlyMap<string, Entry>): Application[] {
  const read = new Set(applications.map(({ name }) => name));
  return [...registered.values()].flatMap(({ application, leaving }) =>
    leaving || read.has(application.name) ? [] : [application],
  );
}

async function goOnLater(placed: readonly Application[], faults: Fault[], ports: Ports): Promise<FleetRead> {
  await ports.queue.send({ about: 'fleet', why: 'there is more' });
  return { applications: placed.map(({ name }) => name), removed: [], faults };
}

function placeOf(application: Application, ports: Ports): string | Fault {
  try {
    return ports.clusterOf(application.destination) ?? unknownCluster(application, ports);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

function unknownCluster({ name, destination }: Application, ports: Ports): Fault {
  const cluster = destination.name ?? destination.server ?? '';
  return new Fault('application.unknown_cluster', { application: name, cluster, known: ports.clusterNames.join(', ') });
}

async function register(
  application: Application,
  cluster: string,
  known: Entry | null,
  at: string,
  ports: Ports,
): Promise<void> {
  if (
    known !== null &&
    !known.leaving &&
    known.cluster === cluster &&
    isDeepStrictEqual(known.application, application)
  )
    return;
  // First, and with a fixed id: once it is registered, nobody sees any more that it is new.
  await record(
    application.name,
    cluster,
    { type: known === null ? 'application.added' : 'application.changed' },
    { at, what: application },
    ports,
  );
  await ports.applications.put(application, { cluster, leaving: false });
  if (known === null) await noticeReturn(application.name, ports);
  // What was ignored until now may be drift, and what was drift may be ignored.
  else if (!isDeepStrictEqual(known.application.ignoreDifferences, application.ignoreDifferences))
    await ports.wakes.suspect(application.name, ['*'], ports.now());
  await wake(application.name, ports);
}

/**
 * As in Argo CD: only with its finalizer do the objects go too; without it they stay and nobody looks after them. So do those in a
 * cluster that is not in clusters[] any more: nobody can reach them.
 */
async function removeOthers(
  applications: readonly Application[],
  registered: ReadonlyMap<string, Entry>,
  { at, until }: { at: string; until: number },
  ports: Ports,
): Promise<string[]> {
  const named = new Set(applications.map(({ name }) => name));
  const isReachable = ({ cluster }: Entry) => ports.clusterNames.includes(cluster);
  const left = [...registered.values()].filter(
    (entry) => !named.has(entry.application.name) && !(entry.leaving && isReachable(entry)),
  );
  // What depends on others is known to leave before they look whether it does.
  const gone = inOrder(left.toReversed(), ({ application }) => application).toReversed();
  const removed: string[] = [];
  for (const entry of gone) {
    const { application, cluster, state } = entry;
    // The next one to read, in a minute at the latest, goes on.
    if (ports.now() > until) break;
    await record(application.name, cluster, { type: 'application.removed' }, { at, what: state.synced }, ports);
    if (isReachable(entry) && application.finalizers.some((each) => each.startsWith(cascading))) {
      await ports.applications.put(application, { cluster, leaving: true });
      await wake(application.name, ports);
    } else {
      await forgetMirrored(application.name, ports);
      await ports.applications.remove(application.name);
      await collectBlobs(state, null, ports);
    }
    removed.push(application.name);
  }
  return removed;
}

const cascading = 'resources-finalizer.argocd.argoproj.io';

async function wake(name: string, ports: Ports): Promise<void> {
  await ports.wakes.wake(name, ports.now());
  await ports.queue.send({ about: 'application', name, why: 'fleet' });
}

async function tell(fault: Fault, at: string, ports: Ports): Promise<void> {
  const application = String(fault.facts.application ?? '');
  await record(
    application,
    '',
    { type: 'application.invalid', fault: fault.report() },
    { at, what: fault.report() },
    ports,
  );
}

/** One event for one state of the fleet, however often it is read. */
async function record(
  application: string,
  cluster: string,
  body: EventBody,
  { at, what }: { at: string; what: unknown },
  ports: Ports,
): Promise<void> {
  const event: Event = {
    id: `fleet-${hashValue([application, body.type, what]).slice(0, 24)}-${application}`,
    at: new Date(ports.now()).toISOString(),
    application,
    cluster,
    who: 'the fleet',
    why: at,
    ...body,
  };
  const channels = body.type === 'application.invalid' ? ports.channels(application) : [];
  await ports.events.append([{ event, channels }]);
}
