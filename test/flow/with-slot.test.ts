import { deepEqual, equal, rejects } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
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

test('an Application whose cluster is busy is woken again a little later, and keeps its trace', async () => {
  const ports = portsWithSlots(1);
  await ports.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  await withSlot('prod', ports, () =>
    handleMessage({ about: 'application', name: 'shop', why: 'push', trace: 'd-1' }, ports),
  );
  deepEqual(await ports.queue.receive({ max: 10, now: doorNow, forMs: 0 }), []);
  const [again] = await ports.queue.receive({ max: 10, now: doorNow + 5_000, forMs: 0 });
  deepEqual(again?.message, { about: 'application', name: 'shop', why: 'its cluster is busy', trace: 'd-1' });
});
