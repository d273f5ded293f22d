/** What every store promises to those who wake an Application without holding its lease. */
import { deepEqual, equal } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Hold, SyncRequest } from '../../lib/core/application/application-state.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from './example-application.ts';

type Store = Pick<Ports, 'applications' | 'leases' | 'wakes'>;

const request: SyncRequest = { id: 'r1', who: 'ann', revision: null, prune: true, confirmed: false };
const hold: Hold = { who: 'ann', reason: 'looking into it', since: 5, until: null };

export function wakesContract(adapter: string, open: (t: TestContext) => Promise<Store>): void {
  async function opened(t: TestContext) {
    const store = await open(t);
    await store.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
    const suspects = async () => (await store.applications.get('shop'))?.suspects.toSorted();
    return { ...store, suspects };
  }

  for (const { it, wake, gives } of [
    { it: 'a wake-up', wake: ({ wakes }: Store) => wakes.wake('shop', 700), gives: {} },
    {
      it: 'a suspect',
      wake: ({ wakes }: Store) => wakes.suspect('shop', ['ConfigMap shop/a'], 700),
      gives: { suspects: ['ConfigMap shop/a'] },
    },
    { it: 'a request', wake: ({ wakes }: Store) => wakes.request('shop', request, 700), gives: { request } },
    { it: 'a hold', wake: ({ wakes }: Store) => wakes.hold('shop', hold, 700), gives: { hold } },
  ])
    test(`${adapter} wakes: ${it} raises wanted, is due now and changes nothing else`, async (t) => {
      const store = await opened(t);
      const before = await store.applications.get('shop');
      await wake(store);
      deepEqual(await store.applications.get('shop'), { ...before, ...gives, wanted: 2, lookAt: 700 });
    });

  test(`${adapter} wakes: a hold ends`, async (t) => {
    const { applications, wakes } = await opened(t);
    await wakes.hold('shop', hold, 700);
    await wakes.hold('shop', null, 800);
    const entry = await applications.get('shop');
    deepEqual([entry?.hold, entry?.wanted, entry?.lookAt], [null, 3, 800]);
  });

  test(`${adapter} wakes: the newest request stands`, async (t) => {
    const { applications, wakes } = await opened(t);
    await wakes.request('shop', request, 700);
    await wakes.request('shop', { ...request, id: 'r2' }, 800);
    equal((await applications.get('shop'))?.request?.id, 'r2');
  });

  test(`${adapter} wakes: suspects are a set that grows`, async (t) => {
    const { wakes, suspects } = await opened(t);
    await wakes.suspect('shop', ['a', 'b'], 1);
    await wakes.suspect('shop', ['b', 'c'], 2);
    deepEqual(await suspects(), ['a', 'b', 'c']);
  });

  test(`${adapter} wakes: 500 suspects are named, one more stands for everything`, async (t) => {
    const { wakes, suspects } = await opened(t);
    const keys = Array.from({ length: 500 }, (_, at) => `ConfigMap shop/${at}`);
    await wakes.suspect('shop', keys, 1);
    equal((await suspects())?.length, 500);
    await wakes.suspect('shop', keys, 2);
    equal((await suspects())?.length, 500);
    await wakes.suspect('shop', ['ConfigMap shop/more'], 3);
    deepEqual(await suspects(), ['*']);
    await wakes.suspect('shop', ['ConfigMap shop/more'], 4);
    deepEqual(await suspects(), ['*']);
  });

  test(`${adapter} wakes: no suspects are no wake-up`, async (t) => {
    const { applications, wakes } = await opened(t);
    await wakes.suspect('shop', [], 700);
    deepEqual((await applications.get('shop'))?.wanted, 1);
  });

  test(`${adapter} wakes: an unknown name stays unknown`, async (t) => {
    const { applications, wakes } = await opened(t);
    await wakes.wake('nobody', 1);
    await wakes.suspect('nobody', ['a'], 1);
    await wakes.request('nobody', request, 1);
    await wakes.hold('nobody', hold, 1);
    equal(await applications.get('nobody'), null);
    deepEqual(await wakes.overdue(10, 10), ['shop']);
  });

  test(`${adapter} wakes: what is overdue comes oldest first and no more than asked for`, async (t) => {
    const { applications, wakes } = await open(t);
    for (const [name, lookAt] of [
      ['late', 300],
      ['later', 400],
      ['early', 100],
      ['middle', 200],
    ] as const) {
      await applications.put(exampleApplication({ name }), { cluster: 'prod', leaving: false });
      await wakes.wake(name, lookAt);
    }
    deepEqual(await wakes.overdue(300, 10), ['early', 'middle', 'late']);
    deepEqual(await wakes.overdue(300, 2), ['early', 'middle']);
    deepEqual(await wakes.overdue(99, 10), []);
  });
}
