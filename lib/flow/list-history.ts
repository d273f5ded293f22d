/** The syncs of an Application, newest first. */
import type { Event } from '../core/event/event.ts';
import type { EventLog } from '../ports/event-log.ts';

type SyncFinished = Extract<Event, { type: 'sync.finished' }>;

const eventsAtOnce = 200;

export async function listHistory(
  { application, limit }: { application: string; limit: number },
  { events }: { events: EventLog },
): Promise<SyncFinished[]> {
  const syncs: SyncFinished[] = [];
  let before: string | undefined;
  while (syncs.length < limit) {
    const page = await events.list({ application, limit: eventsAtOnce, ...(before === undefined ? {} : { before }) });
    syncs.push(...page.filter((event) => event.type === 'sync.finished'));
    before = page.at(-1)?.id;
    if (page.length < eventsAtOnce) break;
  }
  return syncs.slice(0, limit);
}
