/** The syncs of an Application, newest first. */
import type { Event } from '../core/event/event.ts';
import { type HistoryEntry, historyOf, withinLimit } from '../core/history/history-entry.ts';
import type { EventLog } from '../ports/event-log.ts';

const eventsAtOnce = 200;

/** As much of the record as it takes. `keep`: how many the Application lets be gone back to. */
export async function listHistory(
  { application, limit, keep }: { application: string; limit: number; keep?: number | undefined },
  { events }: { events: EventLog },
): Promise<HistoryEntry[]> {
  const read: Event[] = [];
  for (;;) {
    const before = read.at(-1)?.id;
    const page = await events.list({ application, limit: eventsAtOnce, ...(before === undefined ? {} : { before }) });
    read.push(...page);
    const history = historyOf(read);
    // The last one may be told of further back as well.
    if (page.length < eventsAtOnce || history.length > limit) return withinLimit(history.slice(0, limit), keep);
  }
}
