/** Property: a run that is cut off at any call and begun again ends where the run ends that nothing happened to, and nothing is left to plan. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasChanges } from '../../lib/core/plan/plan.ts';
import { planApplication } from '../../lib/flow/plan-application.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { killedPorts } from '../support/killed-ports.ts';
import { type MemoryHouse, memoryHouse, type Tree } from './memory-house.ts';

/** What happens to the Application, one after another; each is worked on before the next. */
type Act = { is: 'push'; tree: Tree } | { is: 'edit'; name: string; value: string } | { is: 'drop'; name: string };

/** `at`: the write it dies at. `done`: that write is carried out, and never heard of. */
type Kill = { act: number; at: number; done: boolean };

const names = ['a', 'b', 'c', 'd', 'e'];
const waves = ['-1', '0', '2'];

const anObject = fc
  .record({ k: fc.constantFrom('1', '2'), wave: fc.constantFrom(...waves) })
  .map(({ k, wave }) => ({ k, annotations: { 'argocd.argoproj.io/sync-wave': wave } }));
const aHook = fc
  .record({ phase: fc.constantFrom('PreSync', 'Sync', 'PostSync'), wave: fc.constantFrom(...waves) })
  .map(({ phase, wave }) => ({
    k: 'hook',
    annotations: { 'argocd.argoproj.io/hook': phase, 'argocd.argoproj.io/sync-wave': wave },
  }));

/** One object is in all of them, so that no act is the removal of everything. */
const aTree: fc.Arbitrary<Tree> = fc
  .record({
    objects: fc.dictionary(fc.constantFrom(...names.map((name) => `ConfigMap ${name}`)), anObject),
    hooks: fc.dictionary(fc.constantFrom('ConfigMap hook-1', 'ConfigMap hook-2'), aHook),
  })
  .map(({ objects, hooks }) => ({ 'ConfigMap kept': '1', ...objects, ...hooks }));

const anAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ is: fc.constant('push' as const), tree: aTree }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('edit' as const),
      name: fc.constantFrom('kept', ...names),
      value: fc.constant('by hand'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('drop' as const), name: fc.constantFrom('kept', ...names) }) },
);

const aStory = fc.record({
  first: aTree,
  acts: fc.array(anAct, { minLength: 1, maxLength: 4 }),
  kill: fc.record({ act: fc.nat(3), at: fc.integer({ min: 1, max: 40 }), done: fc.boolean() }),
});

test('any-prefix: cut off at any write and begun again, it ends as if nothing had been', async () => {
  await fc.assert(
    fc.asyncProperty(aStory, async ({ first, acts, kill }) => {
      const whole = await ending(first, acts, null);
      const cut = await ending(first, acts, kill);
      deepEqual(cut, whole);
    }),
    { numRuns: 30 },
  );
});

for (const act of [
  { is: 'edit', name: 'kept', value: 'by hand' },
  { is: 'drop', name: 'kept' },
] as const) {
  test(`any-prefix: after ${act.is} by hand, cut off at each write in turn and begun again, it tells the same`, async () => {
    const first: Tree = { 'ConfigMap kept': '1' };
    const whole = await ending(first, [act], null);
    for (let at = 1; at <= 20; at += 1)
      for (const done of [false, true])
        deepEqual(await ending(first, [act], { act: 0, at, done }), whole, `write ${at}, ${done ? 'after' : 'before'}`);
  });
}

test('any-prefix: once a run has ended there is nothing to plan, and planned twice it is the same', async () => {
  await fc.assert(
    fc.asyncProperty(aTree, aTree, async (before, after) => {
      const house = await openHouse();
      await happen(house, { is: 'push', tree: before });
      house.push(after);
      const plan = await planApplication('shop', house.ports);
      deepEqual(await planApplication('shop', house.ports), plan, 'planning changes nothing');
      await house.follow();
      await settle(house);
      const { state } = await house.entry();
      if (state.condition === null) equal(hasChanges(await planApplication('shop', house.ports)), false);
    }),
    { numRuns: 30 },
  );
});

/** What has failed is not tried again by itself: when that happens next to a push is a matter of time, not of the kill. */
function openHouse(): Promise<MemoryHouse> {
  const { syncPolicy } = exampleApplication();
  return memoryHouse({ syncPolicy: { ...syncPolicy, retry: { ...syncPolicy.retry, limit: 0 } } });
}

/** What is left of a story in the cluster and in the record. */
async function ending(first: Tree, acts: readonly Act[], kill: Kill | null) {
  const house = await openHouse();
  const hooks = new Set<string>();
  noteHooks(house, hooks);
  await happen(house, { is: 'push', tree: first });
  for (const [index, act] of acts.entries()) {
    if (kill?.act === index) await happenCutOff(house, act, kill);
    else await happen(house, act);
  }
  const { state, suspects } = await house.entry();
  equal(state.operation, null);
  return {
    values: house.cluster.values(),
    sync: state.sync,
    revision: state.synced?.revision,
    condition: state.condition?.code,
    failed: state.failed?.revision,
    drifted: state.drifted,
    suspects,
    hooks: hooks.size,
    events: (await house.ports.events.list({ limit: 1_000 }))
      .map((event) => {
        const object = 'object' in event ? ` ${event.object.name}` : '';
        const revision = 'revision' in event ? ` ${event.revision}` : '';
        return `${event.type}${object}${revision}`;
      })
      .toSorted(),
  };
}

async function happen(house: MemoryHouse, act: Act): Promise<void> {
  begin(house, act);
  await settle(house);
}

async function happenCutOff(house: MemoryHouse, act: Act, kill: Kill): Promise<void> {
  begin(house, act);
  const { ports, died } = killedPorts(house.ports, kill);
  await wakeAll(house);
  await Promise.race([died, house.work({ ...ports, holder: 'the killed one' }).then(() => null)]);
  await settle(house);
}

function begin({ cluster, push }: MemoryHouse, act: Act): void {
  if (act.is === 'push') push(act.tree);
  else if (`ConfigMap shop/${act.name}` in cluster.values()) {
    if (act.is === 'edit') cluster.edit(`ConfigMap shop/${act.name}`, act.value);
    else cluster.drop(`ConfigMap shop/${act.name}`);
  }
}

/** Longer than a lease, and than any wait of these stories. */
const laterMs = 301_000;

async function settle(house: MemoryHouse): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await wakeAll(house);
    await house.work();
    house.pass(laterMs);
  }
}

/** What the minute's tick sends. */
async function wakeAll({ ports, repoURL }: MemoryHouse): Promise<void> {
  await ports.queue.send({ about: 'repository', repoURL, why: 'head check' });
  await ports.queue.send({ about: 'cluster', name: 'prod', why: 'tick' });
  for (const name of await ports.wakes.overdue(ports.now(), 10))
    await ports.queue.send({ about: 'application', name, why: 'overdue' });
}

/** Each hook that is really made, whoever hears of it: a second one of the same sync would be one more. */
function noteHooks({ cluster }: MemoryHouse, made: Set<string>): void {
  const apply = cluster.apply.bind(cluster);
  const isHook = (name: string) => name.startsWith('hook-');
  cluster.apply = async (object, options): ReturnType<ReturnType<Ports['cluster']>['apply']> => {
    const live = await apply(object, options);
    if (!options.dryRun && isHook(object.metadata.name)) made.add(live.metadata.uid ?? '');
    return live;
  };
}
