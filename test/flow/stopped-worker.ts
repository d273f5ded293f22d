/** Story: a worker is stopped at one of its writes, another one takes over, and then the first goes on. */
import { deepEqual, equal, fail } from 'node:assert/strict';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { frozenPorts } from '../support/frozen-ports.ts';
import type { MemoryHouse, Tree } from './memory-house.ts';

export type StoppedWorker = {
  house: MemoryHouse;
  /** `data.k` by the names of the tree. */
  values(): Promise<Record<string, unknown>>;
};

/** What leaves longer than a lease, and more often than a foreground deletion takes. */
const rounds = 12;

export const before: Tree = { 'ConfigMap changed': '1', 'ConfigMap dropped': '1', 'ConfigMap kept': '1' };
export const between: Tree = {
  'ConfigMap changed': '2',
  'ConfigMap added': '2',
  'ConfigMap kept': '1',
  'ConfigMap hook': hook('2'),
};
const after: Tree = {
  'ConfigMap changed': '3',
  'ConfigMap added': '3',
  'ConfigMap dropped': '3',
  'ConfigMap kept': '3',
  'ConfigMap hook': hook('3'),
};

function hook(k: string) {
  return { k, annotations: { 'argocd.argoproj.io/hook': 'Sync' } };
}

/** An update, a create, a prune and a hook, each in turn: nothing of it arrives once the other one has taken over. */
export async function stopAtEach(open: () => Promise<StoppedWorker>): Promise<void> {
  for (let at = 1; at < 20; at += 1) {
    if ((await stopAt(at, await open())) === 'through') return equal(at > 4, true, 'all of them were tried');
  }
  fail('it never got through');
}

async function stopAt(at: number, { house, values }: StoppedWorker): Promise<'through' | 'stopped'> {
  await settle(house, house.push(before));
  house.push(between);
  const { ports, frozen, thaw } = frozenPorts(house.ports, { at });
  const slow = followBy(house, ports);
  const ended = await Promise.race([frozen, slow.then(() => 'through' as const)]);
  if (ended === 'through') return 'through';
  house.pass(301_000);
  await settle(house, house.push(after));
  const wanted = Object.fromEntries(Object.keys(after).map((name) => [name, '3']));
  deepEqual(await values(), wanted, `write ${at}: the second worker`);
  const told = await house.story();
  thaw();
  await slow.catch(() => undefined);
  await house.work();
  deepEqual(await values(), wanted, `write ${at}: after the first thawed`);
  deepEqual(await house.story(), told, `write ${at}: told`);
  return 'stopped';
}

/** As a process of its own, that works off nothing but this. */
export async function followBy(house: MemoryHouse, ports: Ports): Promise<void> {
  const { name } = (await house.entry()).application;
  await handleMessage({ about: 'repository', repoURL: house.repoURL, why: 'push' }, ports);
  await handleMessage({ about: 'application', name, why: 'push' }, ports);
}

async function settle(house: MemoryHouse, revision: string): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const { application, state } = await house.entry();
    if (state.synced?.revision === revision && state.operation === null) return;
    await house.ports.wakes.wake(application.name, house.clock.now);
    await house.follow();
    house.pass(5_000);
  }
  fail(`it does not settle: ${JSON.stringify((await house.entry()).state)}`);
}
