/** What every register of Applications promises. */
import { deepEqual, equal } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { initialState } from '../../lib/core/application/initial-state.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from './example-application.ts';

type Store = Pick<Ports, 'applications' | 'leases' | 'wakes'>;

export function applicationsContract(adapter: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${adapter} applications: a new one is known with nothing known of it, and is due at once`, async (t) => {
    const { applications, wakes } = await open(t);
    const application = exampleApplication();
    await applications.put(application, { cluster: 'prod', leaving: false });
    deepEqual(await applications.get('shop'), {
      application,
      cluster: 'prod',
      leaving: false,
      wanted: 1,
      lookAt: 0,
      suspects: [],
      request: null,
      hold: null,
      state: initialState('shop'),
    });
    deepEqual(await wakes.overdue(0, 10), ['shop']);
  });

  test(`${adapter} applications: one that is not there is null`, async (t) => {
    const { applications } = await open(t);
    equal(await applications.get('shop'), null);
  });

  test(`${adapter} applications: a changed document keeps the state, raises wanted and is due at once`, async (t) => {
    const { applications, leases } = await open(t);
    await applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
    const lease = await leases.take('shop', { holder: 'a', now: 1000, forMs: 1000 });
    if (lease === null) throw new Error('the lease is free');
    const state = { ...initialState('shop'), sync: 'Synced' as const };
    await leases.write(lease, state);
    await leases.release(lease, { wanted: 1, lookAt: null });

    const changed = exampleApplication({ labels: { team: 'shop' } });
    await applications.put(changed, { cluster: 'prod', leaving: false });
    const entry = await applications.get('shop');
    deepEqual(entry?.application, changed);
    deepEqual(entry?.state, state);
    deepEqual([entry?.wanted, entry?.lookAt], [2, 0]);
  });

  for (const { it, options } of [
    { it: 'another cluster', options: { cluster: 'stage', leaving: false } },
    { it: 'leaving the fleet', options: { cluster: 'prod', leaving: true } },
  ])
    test(`${adapter} applications: ${it} is a change too`, async (t) => {
      const { applications } = await open(t);
      await applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
      await applications.put(exampleApplication(), options);
      const entry = await applications.get('shop');
      deepEqual([entry?.cluster, entry?.leaving, entry?.wanted], [options.cluster, options.leaving, 2]);
    });

  test(`${adapter} applications: the same document again wakes nobody`, async (t) => {
    const { applications, leases } = await open(t);
    await applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
    const lease = await leases.take('shop', { holder: 'a', now: 1000, forMs: 1000 });
    if (lease === null) throw new Error('the lease is free');
    await leases.release(lease, { wanted: 1, lookAt: null });
    await applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
    const entry = await applications.get('shop');
    deepEqual([entry?.wanted, entry?.lookAt], [1, null]);
  });

  test(`${adapter} applications: all of them are listed by name`, async (t) => {
    const { applications } = await open(t);
    for (const name of ['web', 'api', 'shop'])
      await applications.put(exampleApplication({ name }), { cluster: 'prod', leaving: false });
    const entries = await applications.list();
    deepEqual(
      entries.map(({ application }) => application.name),
      ['api', 'shop', 'web'],
    );
    deepEqual(entries[1], await applications.get('shop'));
  });

  test(`${adapter} applications: a removed one is gone everywhere`, async (t) => {
    const { applications, wakes } = await open(t);
    const application = exampleApplication();
    await applications.put(application, { cluster: 'prod', leaving: false });
    await applications.remove('shop');
    await applications.remove('shop');
    equal(await applications.get('shop'), null);
    deepEqual(await applications.list(), []);
    deepEqual(await applications.ofRepository(application.source.repoURL), []);
    deepEqual(await wakes.overdue(1e15, 10), []);
  });

  test(`${adapter} applications: those of a repository are found by any way to write its URL`, async (t) => {
    const { applications } = await open(t);
    const at = (name: string, repoURL: string) =>
      applications.put(exampleApplication({ name, source: { repoURL, targetRevision: 'main', path: '.' } }), {
        cluster: 'prod',
        leaving: false,
      });
    await at('web', 'https://git.example.com/team/shop.git');
    await at('api', 'git@git.example.com:team/shop');
    await at('other', 'https://git.example.com/team/other');
    deepEqual(await applications.ofRepository('https://git.example.com/Team/shop/'), ['api', 'web']);
    deepEqual(await applications.ofRepository('https://git.example.com/team'), []);
  });

  test(`${adapter} applications: one that moved to another repository is found only there`, async (t) => {
    const { applications } = await open(t);
    const first = exampleApplication();
    const second = exampleApplication({ source: { ...first.source, repoURL: 'https://git.example.com/team/moved' } });
    await applications.put(first, { cluster: 'prod', leaving: false });
    await applications.put(second, { cluster: 'prod', leaving: false });
    deepEqual(await applications.ofRepository(first.source.repoURL), []);
    deepEqual(await applications.ofRepository(second.source.repoURL), ['shop']);
  });
}
