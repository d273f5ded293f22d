import { deepEqual, equal, rejects } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import { withSlot } from '../../lib/flow/with-slot.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { doorNow, doorPorts } from '../support/door-ports.ts';

function portsWithSlots(of: number) {
  return doorPorts({ slotsOf: () => of, newId: randomUUID });
}

test('with-slot lets as many work at once as the cluster has slots, and frees each in the end', async () => {
  const ports = portsWithSlots(1);
  const inner = await withSlot('prod', ports, () => withSlot('prod', ports, async () => 'done'));
  equal(inner, null);
  equal(await withSlot('prod', ports, async () => 'done'), 'done');
});

test('with-slot frees a slot whose work failed', async () => {
  const ports = portsWithSlots(1);
  await rejects(
    withSlot('prod', ports, async () => Promise.reject(new Error('no'))),
    /no/,
  );
  equal(await withSlot('prod', ports, async () => 'done'), 'done');
});

test('with-slot gives what the work came to though the slot cannot be freed', async () => {
  const { slots } = portsWithSlots(1);
  const release = async () => Promise.reject(new Fault('store.throttled', { path: 'trueup' }));
  const ports = doorPorts({ slots: { ...slots, release }, newId: randomUUID });
  equal(await withSlot('prod', ports, async () => 'done'), 'done');
  await rejects(
    withSlot('prod', ports, async () => Promise.reject(new TypeError('a bug'))),
    TypeError,
  );
});

test('an Application whose cluster is busy is woken again a little later, and keeps its trace', async () => {
  const ports = portsWithSlots(1);
  await ports.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  await ports.wakes.wake('shop', doorNow);
  await withSlot('prod', ports, () =>
    handleMessage({ about: 'application', name: 'shop', why: 'push', trace: 'd-1' }, ports),
  );
  deepEqual(await ports.queue.receive({ max: 10, now: doorNow, forMs: 0 }), []);
  const [again] = await ports.queue.receive({ max: 10, now: doorNow + 5_000, forMs: 0 });
  deepEqual(again?.message, {
    about: 'application',
    name: 'shop',
    why: 'its cluster is busy',
    waitsSince: doorNow,
    trace: 'd-1',
  });
});

for (const { waitedMs, fromMs, toMs } of [
  { waitedMs: 0, fromMs: 2_000, toMs: 4_000 },
  { waitedMs: 20_000, fromMs: 10_000, toMs: 20_000 },
  { waitedMs: 600_000, fromMs: 15_000, toMs: 30_000 },
]) {
  test(`an Application that has waited ${waitedMs / 1000} s for its cluster waits ${fromMs / 1000} to ${toMs / 1000} s more`, async () => {
    const ports = portsWithSlots(1);
    await ports.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
    const message = { about: 'application', name: 'shop', why: 'push', waitsSince: doorNow - waitedMs } as const;
    await withSlot('prod', ports, () => handleMessage(message, ports));
    deepEqual(await ports.queue.receive({ max: 1, now: doorNow + fromMs - 1, forMs: 0 }), []);
    equal((await ports.queue.receive({ max: 1, now: doorNow + toMs, forMs: 0 })).length, 1);
  });
}
