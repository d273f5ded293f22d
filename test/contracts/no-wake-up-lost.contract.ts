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
  | { act: 'take' | 'look' | 'settle' | 'release' | 'crash'; worker: 0 | 1 }
  | { act: 'pass'; ms: number };

type Worker = { lease: Lease | null; seen: { entry: Entry; at: number; settled: boolean } | null };

const worker = fc.constantFrom<(0 | 1)[]>(0, 1);
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constantFrom<('wake' | 'request')[]>('wake', 'request') }),
  fc.record({
    act: fc.constant<'suspect'>('suspect'),
    keys: fc.array(fc.constantFrom('a', 'b', 'c', '*'), { minLength: 1, maxLength: 3 }),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constantFrom<('take' | 'look' | 'settle' | 'release')[]>('take', 'look', 'settle', 'release'),
      worker,
    }),
  },
  fc.record({ act: fc.constant<'crash'>('crash'), worker }),
  fc.record({ act: fc.constant<'pass'>('pass'), ms: fc.constantFrom(1, 60, 150) }),
);

export function noWakeUpLostContract(adapter: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${adapter} leases and wakes: no interleaving of two workers loses a wake-up`, async (t) => {
    const store = await open(t);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { maxLength: 40 }), async (given) => {
        runs += 1;
        const story = await startStory(store, `shop-${runs}`);
        for (const act of given) await story.play(act);
        await story.finish();
      }),
      { numRuns: 60 },
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

  async function settle({ lease, seen }: Worker): Promise<void> {
    if (lease === null || seen === null) return;
    const { entry, at } = seen;
    const request = entry.request === null ? {} : { request: entry.request.id };
    await leases.write(lease, entry.state, { seenWanted: entry.wanted, suspects: entry.suspects, ...request });
    seen.settled = true;
    for (const key of entry.suspects.includes('*') ? ['*', 'a', 'b', 'c'] : entry.suspects) deal(key, at);
    if (entry.request !== null) deal('request', at);
  }

  async function release(each: Worker): Promise<void> {
    const { lease, seen } = each;
    if (lease === null || seen === null || !seen.settled) return;
    if (!(await leases.release(lease, { wanted: seen.entry.wanted, lookAt: null }))) return;
    deal('wake', seen.at);
    each.lease = null;
    each.seen = null;
  }

  async function work(act: 'take' | 'look' | 'settle' | 'release' | 'crash', each: Worker): Promise<void> {
    if (act === 'crash') Object.assign(each, { lease: null, seen: null });
    else if (act === 'take') each.lease ??= await leases.take(name, { holder: 'w', now, forMs: 100 });
    else if (act === 'settle') await settle(each);
    else if (act === 'release') await release(each);
    else if (each.lease !== null) {
      const entry = await applications.get(name);
      ok(entry);
      each.seen = { entry, at: step, settled: false };
    }
  }

  async function play(given: Act): Promise<void> {
    step += 1;
    if (given.act === 'pass') now += given.ms;
    else if ('worker' in given) await unlessTooLate(workers[given.worker], (each) => work(given.act, each));
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
    if ((await wakes.overdue(now, 1_000_000)).includes(name)) {
      for (const act of ['take', 'look', 'settle', 'release'] as const) {
        step += 1;
        await work(act, last);
      }
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
    worker.lease = null;
    worker.seen = null;
  }
}
