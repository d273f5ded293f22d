/** A window that forbids everything from 13:00 to 14:00 UTC; the clock of the house stands at 12:00. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { initialRules } from '../../lib/core/fleet/initial-rules.ts';
import { defaultProject } from '../../lib/core/project/default-project.ts';
import type { SyncWindow } from '../../lib/core/window/sync-window.ts';
import { chooseDestination } from '../../lib/flow/choose-destination.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { rollBack } from '../../lib/flow/roll-back.ts';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { aWindow } from '../core/window/a-window.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

const hourMs = 3_600_000;
const opens = Date.UTC(2026, 4, 1, 14);

async function houseWith(given: Partial<SyncWindow> = {}): Promise<MemoryHouse> {
  const house = await memoryHouse();
  await setWindows(house, [{ schedule: '0 13 * * *', ...given }]);
  house.push({ 'ConfigMap a': '1' });
  await house.follow();
  return house;
}

async function setWindows({ ports }: MemoryHouse, windows: Partial<SyncWindow>[]): Promise<void> {
  const project = { ...defaultProject(), syncWindows: windows.map(aWindow) };
  await ports.fleetRules.put({ ...initialRules(), projects: [project] });
}

async function rewrite(house: MemoryHouse, annotations: Record<string, string>): Promise<void> {
  const { application, cluster } = await house.entry();
  await house.ports.applications.put({ ...application, annotations }, { cluster, leaving: false });
}

/** What the tick would do. */
async function wakeOverdue({ ports, clock, work }: MemoryHouse): Promise<string[]> {
  const overdue = await ports.wakes.overdue(clock.now, 10);
  for (const name of overdue) await ports.queue.send({ about: 'application', name, why: 'overdue' });
  await work();
  return overdue;
}

test('sync-windows keeps a push back, says until when, and lets it go by itself', async () => {
  const house = await houseWith();
  house.pass(hourMs + 1);
  const sha = house.push({ 'ConfigMap a': '2' });
  await house.follow();
  const { state, lookAt } = await house.entry();
  deepEqual(
    { sync: state.sync, operation: state.operation, condition: state.condition?.code, lookAt },
    { sync: 'OutOfSync', operation: null, condition: 'sync.blocked_by_window', lookAt: opens },
  );
  const { blocked } = summarizeApplication(await house.entry());
  deepEqual([blocked?.until, blocked?.revision], ['2026-05-01T14:00:00.000Z', sha]);
  match(
    blocked?.because ?? '',
    /^Blocked by sync window deny 0 13 \* \* \* for 1h \(UTC\) of the project default until/,
  );

  const { asked } = house.git;
  await house.follow();
  house.pass(hourMs / 2);
  deepEqual(await wakeOverdue(house), [], 'nothing polls');
  equal((await house.entry()).lookAt, opens);
  ok(house.git.asked <= asked + 1, 'but for the head check of the repository');

  house.pass(hourMs / 2);
  deepEqual(await wakeOverdue(house), ['shop']);
  const after = (await house.entry()).state;
  deepEqual([after.sync, after.synced?.revision, after.blocked, after.condition], ['Synced', sha, null, null]);
});

test('sync-windows refuses a person, and names the window and when it opens', async () => {
  const house = await houseWith();
  house.pass(hourMs + 1);
  await requestSync('shop', { who: 'Bea' }, house.ports);
  await house.work();
  const [last] = await house.ports.events.list({ limit: 1 });
  ok(last?.type === 'sync.finished' && last.result === 'refused');
  deepEqual(
    [last.fault?.code, last.fault?.facts.until, last.fault?.facts.project],
    ['sync.blocked_by_window', '2026-05-01T14:00:00Z', 'default'],
  );
});

test('sync-windows lets a person sync where the window says so, and nobody else', async () => {
  const house = await houseWith({ manualSync: true });
  house.pass(hourMs + 1);
  const sha = house.push({ 'ConfigMap a': '2' });
  await house.follow();
  equal((await house.entry()).state.sync, 'OutOfSync');
  await requestSync('shop', { who: 'Bea' }, house.ports);
  await house.work();
  const { state } = await house.entry();
  deepEqual([state.sync, state.synced?.revision, state.blocked], ['Synced', sha, null]);
});

test('sync-windows only reports drift, and heals it when the window opens', async () => {
  const house = await houseWith();
  await house.sweep();
  house.pass(hourMs + 1);
  house.cluster.edit('ConfigMap shop/a', 'evil');
  await house.sweep();
  deepEqual((await house.story()).slice(-1), ['drift.found reported']);
  const { state, lookAt } = await house.entry();
  deepEqual([state.sync, state.blocked?.fault.code, lookAt], ['OutOfSync', 'sync.blocked_by_window', opens]);
  await house.sweep();
  equal((await house.story()).filter((line) => line === 'drift.found reported').length, 1, 'it is told once');

  house.pass(hourMs);
  await wakeOverdue(house);
  deepEqual((await house.story()).slice(-1), ['drift.found reverted']);
  deepEqual([(await house.entry()).state.sync, (await house.entry()).state.blocked], ['Synced', null]);
});

test('sync-windows refuses a rollback before anything is held', async () => {
  const house = await houseWith();
  house.push({ 'ConfigMap a': '2' });
  await house.follow();
  house.pass(hourMs + 1);
  const wish = { who: 'Bea', reason: 'too slow', until: null, confirmed: false, automatic: false };
  const entry = await house.entry();
  const to = await chooseDestination(entry, undefined, house.ports);
  await rejects(rollBack(entry, to, wish, house.ports), { code: 'sync.blocked_by_window', message: /deny 0 13/ });
  const before = await house.story();
  await house.work();
  deepEqual([(await house.entry()).hold, await house.story()], [null, before]);
});

test('sync-windows: a rollback that a window closed upon is refused, and its hold ends', async () => {
  const house = await houseWith();
  house.push({ 'ConfigMap a': '2' });
  await house.follow();
  const wish = { who: 'Bea', reason: 'too slow', until: null, confirmed: false, automatic: false };
  const entry = await house.entry();
  await rollBack(entry, await chooseDestination(entry, undefined, house.ports), wish, house.ports);
  equal((await house.entry()).hold?.who, 'Bea');
  house.pass(hourMs + 1);
  await house.work();
  deepEqual([(await house.entry()).hold, house.cluster.values()], [null, { 'ConfigMap shop/a': '2' }]);
  deepEqual((await house.story()).filter((line) => line === 'sync.finished refused').length, 1);
});

test('sync-windows: going back by itself waits until the window opens', async () => {
  const house = await houseWith();
  await rewrite(house, { 'trueup.dev/auto-rollback': '1h' });
  house.push({ 'ConfigMap a': '2', 'PersistentVolumeClaim a': '1' });
  await house.follow();
  house.cluster.report('PersistentVolumeClaim shop/a', { phase: 'Lost' });
  house.pass(5_000);
  await house.work();
  equal((await house.entry()).state.condition?.code, 'sync.degraded');
  house.pass(hourMs);
  await wakeOverdue(house);
  const waits = await house.entry();
  deepEqual([waits.state.blocked?.fault.code, waits.lookAt, waits.hold], ['sync.blocked_by_window', opens, null]);
  house.pass(hourMs);
  await wakeOverdue(house);
  equal((await house.story()).includes('rollback.started by itself'), true);
});

test('sync-windows blocks everything by a window that cannot be read, until it is corrected', async () => {
  const house = await houseWith();
  await setWindows(house, [{ schedule: 'at noon' }]);
  house.push({ 'ConfigMap a': '2' });
  await house.follow();
  equal((await house.entry()).state.condition?.code, 'sync.window_invalid');
  await setWindows(house, []);
  await house.ports.wakes.wake('shop', house.clock.now);
  await wakeOverdue(house);
  equal((await house.entry()).state.sync, 'Synced');
});
