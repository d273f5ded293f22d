/** Whatever order things happen in, and whoever dies: what was asked for last is done by somebody who looked after it was asked. */
import { deepEqual, ok } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Entry } from '../../lib/ports/applications.ts';
import type { Lease } from '../../lib/ports/leases.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from './example-application.ts';

type Store = Pick<Ports, 'applications' | 'leases' | 'wakes'>;

type Act =
  | { act: 'wake' | 'request' }
  | { act: 'suspect'; keys: string[] }
  /** The worker does its next thing: takes the lease, looks, settles what it saw, releases. */
  | { act: 'go' | 'crash'; worker: 0 | 1 }
  | { act: 'pass'; ms: number };

type Seen = { entry: Entry; at: number; settled: boolean };
type Worker = { lease: Lease | null; seen: Seen | null };

const worker = fc.constantFrom<(0 | 1)[]>(0, 1);
const keys = ['a', 'b', 'c', 'd', 'e', 'f', '*'];
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom<('wake' | 'request')[]>('wake', 'request') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant<'suspect'>('suspect'),
      keys: fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 16, arbitrary: fc.record({ act: fc.constant<'go'>('go'), worker }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant<'crash'>('crash'), worker }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant<'pass'>('pass'), ms: fc.constantFrom(1, 60, 150) }) },
);

export function noWakeUpLostContract(adapter: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${adapter} leases and wakes: no interleaving of two workers loses a wake-up`, async (t) => {
    const store = await open(t);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { maxLength: 30, size: 'max' }), async (given) => {
        runs += 1;
        const story = await startStory(store, `shop-${runs}`);
        for (const act of given) await story.play(act);
        await story.finish();
      }),
      { numRuns: 100 },
    );
  });
}

async function startStory({ applications, leases, wakes }: Store, name: string) {
  await applications.put(exampleApplication({ name }), { cluster: 'prod', leaving: false });
  const workers: [Worker, Worker] = [
    { lease: null, seen: null },
    { lease: null, seen: null },
  ];
  /** What was asked for last, and the latest look of those who dealt with it; both in steps of the story. */
  const asked = new Map<string, number>();
  const dealt = new Map<string, number>();
  let step = 0;
  let now = 1000;

  const ask = (what: string) => asked.set(what, step);
  const deal = (what: string, at: number) => dealt.set(what, Math.max(at, dealt.get(what) ?? 0));

  async function go(each: Worker): Promise<void> {
    if (each.lease === null) each.lease = await leases.take(name, { holder: 'w', now, forMs: 100 });
    else if (each.seen === null) each.seen = await look();
    else if (!each.seen.settled) each.seen = await settle(each.lease, each.seen);
    else if (await leases.release(each.lease, { wanted: each.seen.entry.wanted, lookAt: null })) {
      deal('wake', each.seen.at);
      leave(each);
    } else each.seen = null;
  }

  async function look(): Promise<Seen> {
    const entry = await applications.get(name);
    ok(entry);
    return { entry, at: step, settled: false };
  }

  async function settle(lease: Lease, { entry, at }: Seen): Promise<Seen> {
    const request = entry.request === null ? {} : { request: entry.request.id };
    await leases.write(lease, entry.state, { seenWanted: entry.wanted, suspects: entry.suspects, ...request });
    for (const key of entry.suspects.includes('*') ? keys : entry.suspects) deal(key, at);
    if (entry.request !== null) deal('request', at);
    return { entry, at, settled: true };
  }

  async function play(given: Act): Promise<void> {
    step += 1;
    if (given.act === 'pass') now += given.ms;
    else if (given.act === 'crash') leave(workers[given.worker]);
    else if (given.act === 'go') await unlessTooLate(workers[given.worker], go);
    else if (given.act === 'suspect') {
      await wakes.suspect(name, given.keys, now);
      for (const key of given.keys) ask(key);
      ask('wake');
    } else if (given.act === 'request') {
      await wakes.request(name, { id: `r${step}`, who: 'ann', revision: null, prune: false, confirmed: false }, now);
      ask('request');
      ask('wake');
    } else {
      await wakes.wake(name, now);
      ask('wake');
    }
  }

  /** Both workers die; the tick finds whatever is left, and one honest worker does it. */
  async function finish(): Promise<void> {
    now += 1000;
    const last: Worker = { lease: null, seen: null };
    const stages = (await wakes.overdue(now, 1_000_000)).includes(name) ? ['take', 'look', 'settle', 'release'] : [];
    for (const _ of stages) {
      step += 1;
      await go(last);
    }
    deepEqual(
      [...asked].filter(([what, at]) => (dealt.get(what) ?? 0) < at),
      [],
      'asked for and never dealt with',
    );
    const entry = await applications.get(name);
    deepEqual([entry?.suspects, entry?.request, entry?.lookAt], [[], null, null]);
  }

  return { play, finish };
}

async function unlessTooLate(worker: Worker, work: (worker: Worker) => Promise<void>): Promise<void> {
  try {
    await work(worker);
  } catch (fault) {
    if (!(fault instanceof Fault && fault.code === 'store.lease_lost')) throw fault;
    leave(worker);
  }
}

function leave(worker: Worker): void {
  worker.lease = null;
  worker.seen = null;
}
