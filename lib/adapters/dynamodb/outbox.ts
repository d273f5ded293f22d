/** Notices owed, in DynamoDB. */
import type { Event } from '../../core/event/event.ts';
import type { Notice } from '../../core/notice/notice.ts';
import type { Outbox } from '../../ports/outbox.ts';
import type { Bodies } from './bodies.ts';
import { type Item, number, text } from './item.ts';
import { duePks, eventKey, noticeKey } from './keys.ts';
import type { Owed } from './pack-transactions.ts';
import type { Table } from './table.ts';

const claimedAtOnce = 25;

/** `fresh`: what this process has written itself and the index may not know yet; what was claimed is taken out of it. */
export function dynamoOutbox(table: Table, bodies: Bodies, fresh: Map<string, Owed>): Outbox {
  /** The index lags: what it says is due may be done, or somebody else's. The item itself decides. */
  async function claim({ pk }: Owed, now: number, until: number): Promise<Item[]> {
    fresh.delete(pk);
    const written = await table.write({
      update: { pk, sk: 'NOTICE' },
      set: 'SET #dueAt = :until',
      if: '#dueAt <= :now',
      values: { now, until },
    });
    return 'item' in written ? [written.item] : [];
  }

  async function findDue(now: number, limit: number): Promise<Owed[]> {
    const where = '#duePk = :pk AND #dueAt <= :now';
    const due = await Promise.all(
      duePks('NOTICE').map((pk) => table.query({ index: 'due', where, values: { pk, now }, limit })),
    );
    const indexed = due.flat().map((item): Owed => ({ pk: text(item, 'pk'), dueAt: number(item, 'dueAt') }));
    const all = new Map([...fresh.values(), ...indexed].map((notice) => [notice.pk, notice]));
    return [...all.values()].sort((a, b) => a.dueAt - b.dueAt || (a.pk < b.pk ? -1 : 1));
  }

  async function withEvents(claimed: readonly Item[]): Promise<Notice[]> {
    const ids = new Set(claimed.map((item) => text(item, 'event')));
    const items = await table.getMany([...ids].map(eventKey));
    const events = new Map(
      await Promise.all(items.map(async (item) => [text(item, 'pk'), await bodies.read(item)] as const)),
    );
    return claimed.map((item) => {
      const channel = text(item, 'channel');
      const id = text(item, 'event');
      const event: Event = JSON.parse(text({ event: events.get(eventKey(id).pk) }, 'event'));
      return { id: `${id}@${channel}`, channel, event, attempts: number(item, 'attempts') };
    });
  }

  return {
    async take({ now, limit, forMs }) {
      let due = await findDue(now, limit);
      const claimed: Item[] = [];
      while (claimed.length < limit && due.length > 0) {
        const next = due.slice(0, Math.min(claimedAtOnce, limit - claimed.length));
        due = due.slice(next.length);
        claimed.push(...(await Promise.all(next.map((notice) => claim(notice, now, now + forMs)))).flat());
      }
      return withEvents(claimed);
    },
    async done(id) {
      await table.write({ remove: noticeKey(id) });
    },
    async again(id, at) {
      await table.write({
        update: noticeKey(id),
        set: 'SET #attempts = #attempts + :one, #dueAt = :at',
        if: 'attribute_exists(#pk)',
        values: { one: 1, at },
      });
    },
  };
}
