import { deepEqual, equal, fail } from 'node:assert/strict';
import { test } from 'node:test';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { type MemoryHouse, memoryHouse, type Tree } from './memory-house.ts';

/** As if the process were stopped at its n-th write, the lease having been looked at: the write is sent when it thaws. */
function frozenPorts(ports: Ports, { at }: { at: number }) {
  let writes = 0;
  let thaw = () => {};
  let freeze = () => {};
  const thawed = new Promise<void>((resolve) => {
    thaw = resolve;
  });
  const frozen = new Promise<'frozen'>((resolve) => {
    freeze = () => resolve('frozen');
  });
  const cluster = ports.cluster('prod');
  const stopping = <Options extends { dryRun?: boolean; guard?: (() => void) | undefined }, Result>(
    send: (options: Options) => Promise<Result>,
  ) => {
    return async (options: Options) => {
      if (options.dryRun) return send(options);
      options.guard?.();
      writes += 1;
      if (writes === at) {
        freeze();
        await thawed;
      }
      return send({ ...options, guard: undefined });
    };
  };
  const stopped: ReturnType<Ports['cluster']> = {
    ...cluster,
    apply: (object, options) => stopping((given: typeof options) => cluster.apply(object, given))(options),
    own: (ref, options) => stopping((given: typeof options) => cluster.own(ref, given))(options),
    remove: (ref, options) => stopping((given: typeof options) => cluster.remove(ref, given))(options),
  };
  return { ports: { ...ports, holder: 'the frozen one', cluster: () => stopped }, frozen, thaw: () => thaw() };
}

async function follow({ repoURL }: MemoryHouse, ports: Ports): Promise<void> {
  await handleMessage({ about: 'repository', repoURL, why: 'push' }, ports);
  await handleMessage({ about: 'application', name: 'shop', why: 'push' }, ports);
}

const hook = (k: string) => ({ k, annotations: { 'argocd.argoproj.io/hook': 'Sync' } });
const first = { 'ConfigMap changed': '1', 'ConfigMap dropped': '1', 'ConfigMap kept': '1' };
const second: Tree = {
  'ConfigMap changed': '2',
  'ConfigMap added': '2',
  'ConfigMap kept': '1',
  'ConfigMap hook': hook('2'),
};
const third: Tree = {
  'ConfigMap changed': '3',
  'ConfigMap added': '3',
  'ConfigMap dropped': '3',
  'ConfigMap kept': '3',
  'ConfigMap hook': hook('3'),
};

test('two-workers: whichever write the first was stopped at, nothing of it arrives after the second took over', async () => {
  for (let at = 1; at < 20; at += 1) {
    const house = await memoryHouse();
    house.push(first);
    await house.follow();
    house.push(second);
    const { ports, frozen, thaw } = frozenPorts(house.ports, { at });
    const slow = follow(house, ports);
    const ended = await Promise.race([frozen, slow.then(() => 'through' as const)]);
    if (ended === 'through') {
      equal(at > 3, true, 'an update, a create and a prune were tried');
      return;
    }
    house.pass(301_000);
    house.push(third);
    await house.ports.wakes.wake('shop', house.clock.now);
    await house.follow();
    const wanted = Object.fromEntries(Object.keys(third).map((name) => [name.replace(' ', ' shop/'), '3']));
    deepEqual(house.cluster.values(), wanted, `write ${at}: the second worker`);
    const told = await house.story();
    const done = house.cluster.values();
    thaw();
    await slow.catch(() => undefined);
    await house.work();
    deepEqual(house.cluster.values(), done, `write ${at}: after the first thawed`);
    deepEqual(await house.story(), told, `write ${at}: told`);
  }
  fail('it never got through');
});

test('two-workers: what waited in line past the end of the lease is not sent', async () => {
  const house = await memoryHouse();
  house.push(first);
  await house.follow();
  house.push(second);
  const cluster = house.ports.cluster('prod');
  const late: ReturnType<Ports['cluster']> = {
    ...cluster,
    async apply(object, options) {
      if (!options.dryRun) house.pass(301_000);
      return cluster.apply(object, options);
    },
  };
  house.cluster.written.length = 0;
  await follow(house, { ...house.ports, cluster: () => late }).catch(() => undefined);
  deepEqual(house.cluster.written, []);
});
