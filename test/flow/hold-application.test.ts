import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { holdApplication, unholdApplication } from '../../lib/flow/hold-application.ts';
import { mirroredHold } from '../../lib/flow/mirror.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { memoryHouse } from './memory-house.ts';

const tree = { 'ConfigMap a': '1' };
const bea = { who: 'Bea', reason: 'looking', until: null };

test('hold-application: pushes wait until the hold ends, and then come at once', async () => {
  const house = await memoryHouse();
  house.push(tree);
  await house.follow();
  await holdApplication('shop', bea, house.ports);
  house.push({ 'ConfigMap a': '2' });
  await house.follow();
  deepEqual(house.cluster.values(), { 'ConfigMap shop/a': '1' });
  equal((await house.entry()).state.sync, 'OutOfSync');
  await unholdApplication('shop', { who: 'Bea' }, house.ports);
  await house.work();
  deepEqual(house.cluster.values(), { 'ConfigMap shop/a': '2' });
});

test('hold-application: a person may sync what is held, and it stays held', async () => {
  const house = await memoryHouse();
  const first = house.push(tree);
  await house.follow();
  house.push({ 'ConfigMap a': '2' });
  await house.follow();
  await holdApplication('shop', bea, house.ports);
  await requestSync('shop', { who: 'Bea', revision: first }, house.ports);
  await house.work();
  deepEqual([house.cluster.values(), (await house.entry()).hold?.who], [{ 'ConfigMap shop/a': '1' }, 'Bea']);
});

test('hold-application records who, why and until when, and one end for one hold', async () => {
  const house = await memoryHouse();
  const until = house.clock.now + 60_000;
  await holdApplication('shop', { ...bea, until }, house.ports);
  await unholdApplication('shop', { who: 'Cem' }, house.ports);
  await unholdApplication('shop', { who: 'Cem' }, house.ports);
  const [ended, set, ...rest] = await house.ports.events.list({ limit: 9 });
  deepEqual(rest, []);
  deepEqual([set, ended].map((event) => [event?.type, event?.who, event?.why]).toSorted(), [
    ['hold.ended', 'Cem', 'ended by hand'],
    ['hold.set', 'Bea', 'looking'],
  ]);
});

test('hold-application: an end that was recorded and not carried out is recorded once', async () => {
  const house = await memoryHouse();
  await holdApplication('shop', bea, house.ports);
  const { hold } = house.ports.wakes;
  house.ports.wakes.hold = () => Promise.reject(new Error('the process died'));
  await rejects(unholdApplication('shop', { who: 'Bea' }, house.ports));
  house.ports.wakes.hold = hold;
  await unholdApplication('shop', { who: 'Bea' }, house.ports);
  equal((await house.story()).filter((line) => line === 'hold.ended').length, 1);
  equal((await house.entry()).hold, null);
});

test('hold-application names the Applications there are when it knows no such', async () => {
  const house = await memoryHouse();
  await rejects(holdApplication('shpo', bea, house.ports), { code: 'application.not_found', message: /shpo/ });
});

test('hold-application mirrors the hold outside the table, the newest one, until it ends', async () => {
  const { ports, clock } = await memoryHouse();
  const since = clock.now;
  await holdApplication('shop', bea, ports);
  deepEqual(await mirroredHold('shop', ports), { ...bea, since });
  await holdApplication('shop', { ...bea, reason: 'still looking' }, ports);
  equal((await mirroredHold('shop', ports))?.reason, 'still looking');
  await unholdApplication('shop', { who: 'Bea' }, ports);
  equal(await mirroredHold('shop', ports), null);
});

for (const it of ['set', 'ended']) {
  test(`hold-application: killed while a hold is ${it}, the mirror has it rather than not`, async () => {
    const { ports } = await memoryHouse();
    if (it === 'ended') await holdApplication('shop', bea, ports);
    ports.wakes.hold = () => Promise.reject(new Error('the process died'));
    const work = it === 'set' ? holdApplication('shop', bea, ports) : unholdApplication('shop', { who: 'Bea' }, ports);
    await rejects(work, /died/);
    equal((await mirroredHold('shop', ports))?.reason, bea.reason);
  });
}
