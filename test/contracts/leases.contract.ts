/** What every store promises to the one worker of an Application, and how it keeps a second one out. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { initialState } from '../../lib/core/application/initial-state.ts';
import type { Lease } from '../../lib/ports/leases.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from './example-application.ts';

type Store = Pick<Ports, 'applications' | 'leases' | 'wakes'>;

const leaseLost = { name: 'Fault', code: 'store.lease_lost' };
const synced = { ...initialState('shop'), sync: 'Synced' as const };
const request = { who: 'ann', revision: null, prune: true, confirmed: false };

export function leasesContract(adapter: string, open: (t: TestContext) => Promise<Store>): void {
  async function opened(t: TestContext) {
    const store = await open(t);
    await store.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
    const take = (now: number) => store.leases.take('shop', { holder: 'a', now, forMs: 100 });
    const taken = async (now: number): Promise<Lease> => {
      const lease = await take(now);
      if (lease === null) throw new Error(`the lease is not free at ${now}`);
      return lease;
    };
    const entry = async () => {
      const known = await store.applications.get('shop');
      if (known === null) throw new Error('the Application is gone');
      return known;
    };
    return { ...store, take, taken, entry };
  }

  test(`${adapter} leases: only one worker has it until its end, then the next one with a larger fence`, async (t) => {
    const { take, taken } = await opened(t);
    const first = await taken(1000);
    equal(first.until, 1100);
    equal(await take(1000), null);
    equal(await take(1099), null);
    const second = await taken(1100);
    ok(second.fence > first.fence);
  });

  test(`${adapter} leases: an unknown Application has none`, async (t) => {
    const { leases } = await opened(t);
    equal(await leases.take('nobody', { holder: 'a', now: 0, forMs: 100 }), null);
  });

  test(`${adapter} leases: while one is held the tick looks again at its end`, async (t) => {
    const { taken, entry, wakes } = await opened(t);
    await taken(1000);
    equal((await entry()).lookAt, 1100);
    deepEqual(await wakes.overdue(1099, 10), []);
    deepEqual(await wakes.overdue(1100, 10), ['shop']);
  });

  test(`${adapter} leases: the holder writes state, as often as it likes`, async (t) => {
    const { taken, entry, leases } = await opened(t);
    const lease = await taken(1000);
    await leases.write(lease, synced);
    await leases.write(lease, { ...synced, record: 'records/1' });
    deepEqual((await entry()).state, { ...synced, record: 'records/1' });
  });

  for (const { it, lose } of [
    { it: 'taken over', lose: ({ leases }: Store) => leases.take('shop', { holder: 'b', now: 1100, forMs: 100 }) },
    {
      it: 'released',
      lose: ({ leases }: Store, lease: Lease) => leases.release(lease, { wanted: 2, lookAt: null }),
    },
    {
      it: 'removed with its Application, which came back',
      lose: async ({ applications, wakes }: Store) => {
        await applications.remove('shop');
        await applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
        await wakes.suspect('shop', ['a'], 1);
      },
    },
    {
      it: 'removed with its Application, which came back and was taken',
      lose: async ({ applications, wakes, leases }: Store) => {
        await applications.remove('shop');
        await applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
        await wakes.suspect('shop', ['a'], 1);
        await leases.take('shop', { holder: 'b', now: 1000, forMs: 100 });
      },
    },
  ])
    test(`${adapter} leases: one that was ${it} changes nothing any more`, async (t) => {
      const store = await opened(t);
      const { taken, entry, leases, wakes } = store;
      await wakes.suspect('shop', ['a'], 1);
      const lease = await taken(1000);
      await lose(store, lease);
      const before = await entry();
      await rejects(leases.write(lease, synced, { seenWanted: before.wanted, suspects: ['a'] }), leaseLost);
      await rejects(leases.release(lease, { wanted: before.wanted, lookAt: 7 }), leaseLost);
      deepEqual(await entry(), before);
    });

  test(`${adapter} leases: a removed Application takes no state`, async (t) => {
    const { taken, applications, leases } = await opened(t);
    const lease = await taken(1000);
    await applications.remove('shop');
    await rejects(leases.write(lease, synced), leaseLost);
    await rejects(leases.release(lease, { wanted: 1, lookAt: null }), leaseLost);
    equal(await applications.get('shop'), null);
  });

  test(`${adapter} leases: a release is final and sets the next look`, async (t) => {
    const { taken, entry, leases } = await opened(t);
    const lease = await taken(1000);
    equal(await leases.release(lease, { wanted: (await entry()).wanted, lookAt: 5000 }), true);
    equal((await entry()).lookAt, 5000);
    await taken(1001);
  });

  test(`${adapter} leases: a wake-up during the work keeps the lease until the worker has seen it`, async (t) => {
    const { take, taken, entry, leases, wakes } = await opened(t);
    const lease = await taken(1000);
    const seen = (await entry()).wanted;
    await wakes.wake('shop', 1010);
    equal(await leases.release(lease, { wanted: seen, lookAt: null }), false);
    equal(await take(1020), null);
    equal((await entry()).lookAt, 1010);
    equal(await leases.release(lease, { wanted: seen + 1, lookAt: null }), true);
    equal((await entry()).lookAt, null);
  });

  test(`${adapter} leases: exactly the suspects that were dealt with are settled`, async (t) => {
    const { taken, entry, leases, wakes } = await opened(t);
    await wakes.suspect('shop', ['a', 'b', 'c'], 1);
    const lease = await taken(1000);
    await leases.write(lease, synced, { seenWanted: (await entry()).wanted, suspects: ['a', 'c', 'never named'] });
    deepEqual((await entry()).suspects, ['b']);
  });

  test(`${adapter} leases: a suspect named again during the work stays`, async (t) => {
    const { taken, entry, leases, wakes } = await opened(t);
    await wakes.suspect('shop', ['a', 'b'], 1);
    const lease = await taken(1000);
    const seenWanted = (await entry()).wanted;
    await wakes.suspect('shop', ['a'], 1010);
    await leases.write(lease, synced, { seenWanted, suspects: ['a', 'b'] });
    deepEqual((await entry()).suspects, ['a']);
    await leases.write(lease, synced, { seenWanted: seenWanted + 1, suspects: ['a'] });
    deepEqual((await entry()).suspects, []);
  });

  test(`${adapter} leases: a suspect named while everything is suspect keeps everything suspect`, async (t) => {
    const { taken, entry, leases, wakes } = await opened(t);
    await wakes.suspect('shop', ['*'], 1);
    const lease = await taken(1000);
    const seenWanted = (await entry()).wanted;
    await wakes.suspect('shop', ['a'], 1010);
    await leases.write(lease, synced, { seenWanted, suspects: ['*'] });
    deepEqual((await entry()).suspects, ['*']);
  });

  test(`${adapter} leases: a request is settled by its id, and a newer one stays`, async (t) => {
    const { taken, entry, leases, wakes } = await opened(t);
    await wakes.request('shop', { ...request, id: 'r1' }, 1);
    const lease = await taken(1000);
    await wakes.request('shop', { ...request, id: 'r2' }, 1010);
    const seenWanted = (await entry()).wanted;
    await leases.write(lease, synced, { seenWanted, request: 'r1' });
    equal((await entry()).request?.id, 'r2');
    await leases.write(lease, synced, { seenWanted, suspects: [] });
    equal((await entry()).request?.id, 'r2');
    await leases.write(lease, synced, { seenWanted, request: 'r2' });
    equal((await entry()).request, null);
  });
}
