/** Writes down what an installation knows, line by line: what it takes to go on elsewhere without deploying anything anew. */
import { keyFingerprint, type StateLine, stateVersion, sumUpLines } from '../core/recovery/state-file.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { findRecord } from './stored-json.ts';

const eventsAtOnce = 500;

/**
 * Left out: where each watch goes on, what repositories last answered, and plans, all of which are made anew; what somebody
 * asked for and was not begun; and the record of events, unless it is wanted.
 */
export async function* exportState(options: { events: boolean }, ports: Ports): AsyncGenerator<string> {
  const sum = sumUpLines();
  for await (const line of linesOf(options, ports)) {
    const text = JSON.stringify(line);
    sum.add(text);
    yield `${text}\n`;
  }
  yield `${JSON.stringify(sum.end())}\n`;
}

async function* linesOf(options: { events: boolean }, ports: Ports): AsyncGenerator<StateLine> {
  const { installation, installationKey } = ports;
  const at = new Date(ports.now()).toISOString();
  yield { trueup: 'state', version: stateVersion, at, installation, key: keyFingerprint(installationKey) };
  for (const entry of await ports.applications.list()) yield { application: await exported(entry, ports) };
  if (options.events) yield* eventsOf(ports);
}

async function exported(
  entry: Entry,
  ports: Ports,
): Promise<Extract<StateLine, { application: unknown }>['application']> {
  const record = await findRecord(entry.state.record, ports);
  if (record === null && entry.state.record !== null) {
    // Replaced since the key was read: so is the state that names it.
    const now = await ports.applications.get(entry.application.name);
    if (now !== null && now.state.record !== entry.state.record) return exported(now, ports);
  }
  const { application: document, cluster, leaving, hold, state } = entry;
  return { document, cluster, leaving, hold, state: { ...state, record: null }, record };
}

/** Newest first. */
async function* eventsOf(ports: Ports): AsyncGenerator<StateLine> {
  let before: string | undefined;
  do {
    const events = await ports.events.list({ ...(before === undefined ? {} : { before }), limit: eventsAtOnce });
    for (const event of events) yield { event };
    before = events.length < eventsAtOnce ? undefined : events.at(-1)?.id;
  } while (before !== undefined);
}
