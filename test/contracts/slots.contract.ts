/** What every store promises about slots: never more than `of` at once, and none is lost. */
import { deepEqual, equal } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Slot, Slots } from '../../lib/ports/slots.ts';

export function slotsContract(adapter: string, open: (t: TestContext) => Promise<{ slots: Slots }>): void {
  async function opened(t: TestContext) {
    const { slots } = await open(t);
    const take = (holder: string, { now = 0, of = 2, cluster = 'prod' } = {}) =>
      slots.take(cluster, { of, holder, now, forMs: 100 });
    const taken = async (holder: string): Promise<Slot> => {
      const slot = await take(holder);
      if (slot === null) throw new Error('no slot was free');
      return slot;
    };
    return { slots, take, taken };
  }

  test(`${adapter} slots: as many as there are, then none`, async (t) => {
    const { take } = await opened(t);
    const numbers = [await take('a'), await take('b')].map((slot) => slot?.number);
    deepEqual(numbers.toSorted(), [0, 1]);
    equal(await take('c'), null);
  });

  test(`${adapter} slots: each cluster has its own`, async (t) => {
    const { take } = await opened(t);
    await take('a', { of: 1 });
    equal((await take('b', { of: 1, cluster: 'test' }))?.cluster, 'test');
  });

  test(`${adapter} slots: one that is released is free`, async (t) => {
    const { slots, take, taken } = await opened(t);
    const slot = await taken('a');
    await taken('b');
    await slots.release(slot);
    equal((await take('c'))?.number, slot.number);
  });

  test(`${adapter} slots: one whose holder died is free after its time`, async (t) => {
    const { take } = await opened(t);
    await take('a', { of: 1 });
    equal(await take('b', { of: 1, now: 99 }), null);
    equal((await take('b', { of: 1, now: 100 }))?.holder, 'b');
  });

  test(`${adapter} slots: a late release takes nothing from the next holder`, async (t) => {
    const { slots, take, taken } = await opened(t);
    const late = await taken('a');
    await take('b', { now: 100, of: 1 });
    await slots.release(late);
    equal(await take('c', { now: 101, of: 1 }), null);
  });

  test(`${adapter} slots: twenty at once never get more than there are`, async (t) => {
    const { slots, take } = await opened(t);
    const got = await Promise.all(Array.from({ length: 20 }, (_, index) => take(`worker ${index}`, { of: 3 })));
    const held = got.filter((slot) => slot !== null);
    equal(new Set(held.map(({ number }) => number)).size, held.length);
    equal(held.length <= 3 && held.length >= 1, true);
    await Promise.all(held.map((slot) => slots.release(slot)));
    equal((await take('z', { of: 3 })) !== null, true);
  });
}
