/** One sync of the history with everything that is known of it: its source parameters and its events. */
import type { Source } from '../core/application/application.ts';
import type { Event } from '../core/event/event.ts';
import { Fault } from '../core/fault/fault.ts';
import { findEarlier } from '../core/history/choose-rollback.ts';
import type { HistoryEntry } from '../core/history/history-entry.ts';
import type { Ports } from '../ports/ports.ts';
import { listHistory } from './list-history.ts';
import { findSource } from './source-of.ts';

export type DescribedSync = Omit<HistoryEntry, 'source'> & {
  /** null: lost with the blobs. */
  source: Source | null;
  /** Oldest first. */
  events: Event[];
};

const searched = 1_000;

/** By its id in the history, or its SHA. Fault sync.not_in_history. */
export async function describeSync(
  application: string,
  named: string,
  ports: Pick<Ports, 'events' | 'blobs'>,
): Promise<DescribedSync> {
  const history = await listHistory({ application, limit: searched }, ports);
  const found = findEarlier(history, named);
  if (found === null) {
    const ids = history.flatMap(({ id }) => (id === null ? [] : [String(id)]));
    throw new Fault('sync.not_in_history', { application, id: named, known: ids.join(', ') || 'none' });
  }
  const source = await findSource(application, found.source, ports);
  const events = await eventsOf(application, found.operation, ports);
  return { ...found, source, events };
}

const eventsAtOnce = 200;

async function eventsOf(application: string, operation: string, { events }: Pick<Ports, 'events'>): Promise<Event[]> {
  const found: Event[] = [];
  for (let before: string | undefined; ; ) {
    const page = await events.list({ application, limit: eventsAtOnce, ...(before === undefined ? {} : { before }) });
    const ours = page.filter((event) => event.operation === operation);
    found.push(...ours);
    before = page.at(-1)?.id;
    // They lie close together.
    if (page.length < eventsAtOnce || (found.length > 0 && ours.length === 0)) return found.toReversed();
  }
}
