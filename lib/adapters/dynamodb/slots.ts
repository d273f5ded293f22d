/** Slots of clusters in DynamoDB: an item for each that was taken. */
import { randomUUID } from 'node:crypto';
import type { Slots } from '../../ports/slots.ts';
import { number } from './item.ts';
import { slotsPk } from './keys.ts';
import type { Table } from './table.ts';

/** What nobody released or took again is cleared away after a day. */
const keptS = 24 * 60 * 60;

export function dynamoSlots(table: Table): Slots {
  return {
    /** Free ones in any order, so that workers who look at the same moment seldom want the same one. */
    async take(cluster, { of, holder, now, forMs }) {
      const pk = slotsPk(cluster);
      const known = await table.query({ where: '#pk = :pk', values: { pk } });
      const busy = new Set(known.filter((slot) => number(slot, 'until') > now).map(({ sk }) => sk));
      const free = Array.from({ length: of }, (_, index) => index).filter((index) => !busy.has(String(index)));
      const until = now + forMs;
      const token = randomUUID();
      for (const index of shuffled(free)) {
        const written = await table.write({
          put: { pk, sk: String(index), holder, until, token, ttl: Math.ceil(until / 1000) + keptS },
          if: 'attribute_not_exists(#pk) OR #until <= :now',
          values: { now },
        });
        // The token: the answer was lost, and the SDK's second try found the slot taken by its first.
        if ('item' in written || written.refused.token === token) return { cluster, number: index, holder };
      }
      return null;
    },
    async release({ cluster, number, holder }) {
      await table.write({
        remove: { pk: slotsPk(cluster), sk: String(number) },
        if: '#holder = :holder',
        values: { holder },
      });
    },
  };
}

function shuffled(numbers: readonly number[]): number[] {
  const dealt = numbers.map((number) => ({ number, card: Math.random() }));
  return dealt.sort((a, b) => a.card - b.card).map(({ number }) => number);
}
