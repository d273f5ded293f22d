/** The permanent record and the outbox that is filled with it, in memory, for unit tests. */
import type { Event } from '../../core/event/event.ts';
import type { Notice } from '../../core/notice/notice.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Outbox } from '../../ports/outbox.ts';

export function memoryEventLog(): { events: EventLog; outbox: Outbox } {
  const recorded = new Map<string, Event>();
  const owed = new Map<string, { notice: Notice; dueAt: number }>();

  const events: EventLog = {
    async append(entries) {
      for (const { event, channels } of entries) {
        if (recorded.has(event.id)) continue;
        recorded.set(event.id, structuredClone(event));
        for (const channel of channels) {
          const id = `${event.id}@${channel}`;
          owed.set(id, { notice: { id, channel, event: structuredClone(event), attempts: 0 }, dueAt: 0 });
        }
      }
    },
    async list({ application, before, limit }) {
      const newestFirst = [...recorded.values()].sort(byTime).reverse();
      const from = before === undefined ? 0 : newestFirst.findIndex(({ id }) => id === before) + 1;
      if (before !== undefined && from === 0) return [];
      const wanted = newestFirst
        .slice(from)
        .filter((event) => application === undefined || event.application === application);
      return structuredClone(wanted.slice(0, limit));
    },
  };

  const outbox: Outbox = {
    async take({ now, limit, forMs }) {
      const due = [...owed.values()]
        .filter(({ dueAt }) => dueAt <= now)
        .sort((a, b) => a.dueAt - b.dueAt || byTime(a.notice.event, b.notice.event))
        .slice(0, limit);
      for (const entry of due) entry.dueAt = now + forMs;
      return structuredClone(due.map(({ notice }) => notice));
    },
    async done(id) {
      owed.delete(id);
    },
    async again(id, at) {
      const entry = owed.get(id);
      if (entry === undefined) return;
      entry.notice.attempts += 1;
      entry.dueAt = at;
    },
  };

  return { events, outbox };
}

function byTime(a: Event, b: Event): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
