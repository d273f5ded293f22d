/** The permanent record in DynamoDB; what it owes to channels is written with it. */
import type { Event } from '../../core/event/event.ts';
import type { EventLog } from '../../ports/event-log.ts';
import type { Bodies } from './bodies.ts';
import { chunks } from './chunks.ts';
import { type Item, text } from './item.ts';
import { eventKey, monthOf, monthsKey } from './keys.ts';
import { type Owed, type Part, packTransactions, toPart } from './pack-transactions.ts';
import type { Table } from './table.ts';

const transactionsAtOnce = 4;
/** Sorts after every ISO 8601 time. */
const endOfTime = '~';

/** `owe`: is told of each notice that was written. */
export function dynamoEventLog(table: Table, bodies: Bodies, owe: (notice: Owed) => void): EventLog {
  /** Months that this process knows to be written down. */
  const noted = new Set<string>();

  /** Before the events themselves: an event of a month nobody knows of would not be found. */
  async function note(months: readonly string[]): Promise<void> {
    const fresh = new Set(months.filter((month) => !noted.has(month)));
    if (fresh.size === 0) return;
    await table.write({ update: monthsKey, set: 'SET #v = :version ADD #months :fresh', values: { fresh } });
    for (const month of fresh) noted.add(month);
  }

  /** Those whose event is there already are left out, and the others are written without them. */
  async function write(parts: readonly Part[]): Promise<void> {
    let left = [...parts];
    while (left.length > 0) {
      const refused = await table.transact(left.flatMap(({ writes }) => writes));
      if (refused === null) {
        for (const notice of left.flatMap(({ notices }) => notices)) owe(notice);
        return;
      }
      const starts = left.map((_, at) => left.slice(0, at).reduce((sum, { writes }) => sum + writes.length, 0));
      const isKnown = (at: number) => refused[starts[at] ?? 0] !== null;
      await Promise.all(left.filter((_, at) => isKnown(at)).map(({ body }) => bodies.discard(body)));
      left = left.filter((_, at) => !isKnown(at));
    }
  }

  async function listAll(end: string, limit: number): Promise<Item[]> {
    const months = monthsIn(await table.get(monthsKey)).filter((month) => month <= end);
    const found: Item[] = [];
    for (const month of months) {
      if (found.length === limit) break;
      const where = '#month = :month AND #moment < :end';
      const page = { index: 'time', where, values: { month, end }, backwards: true } as const;
      found.push(...(await table.query({ ...page, limit: limit - found.length })));
    }
    return found;
  }

  function listOf(application: string, end: string, limit: number): Promise<Item[]> {
    const where = '#application = :application AND #moment < :end';
    return table.query({ index: 'log', where, values: { application, end }, backwards: true, limit });
  }

  return {
    async append(entries) {
      const given = entries.filter(({ event }, at) => entries.findIndex((other) => other.event.id === event.id) === at);
      await note(given.map(({ event }) => monthOf(event)));
      const parts = await Promise.all(
        given.map(async ({ event, channels }) => toPart(event, channels, await bodies.pack(event))),
      );
      for (const some of chunks(packTransactions(parts), transactionsAtOnce)) await Promise.all(some.map(write));
    },
    async list({ application, before, limit }) {
      const last = before === undefined ? null : await table.get(eventKey(before));
      if (before !== undefined && last === null) return [];
      const end = last === null ? endOfTime : text(last, 'moment');
      const items = await (application === undefined ? listAll(end, limit) : listOf(application, end, limit));
      const written = await Promise.all(items.map(bodies.read));
      return written.filter((body) => body !== null).map((body): Event => JSON.parse(body));
    },
  };
}

/** Newest first. */
function monthsIn(item: Item | null): string[] {
  return item?.months instanceof Set ? [...item.months].sort().reverse() : [];
}
