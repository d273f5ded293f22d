/** A rule on health that changes counts at once, also for what was healthy and did not move. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { noCustomizations } from '../../lib/core/customization/no-customizations.ts';
import { keepRules } from '../../lib/flow/keep-rules.ts';
import { memoryHouse } from './memory-house.ts';

const lua = 'if obj.data.k == "2" then return {status = "Degraded", message = "no"} end return {status = "Healthy"}';

async function judgedBy(kind: string) {
  const house = await memoryHouse();
  house.push({ 'ConfigMap a': '2' });
  await house.follow();
  const customizations = { ...noCustomizations(), health: [{ group: '', kind, lua, useOpenLibs: false }] };
  const { projects, dependencies } = await house.ports.fleetRules.get();
  const read = { projects, dependencies, customizations, faults: [] };
  await keepRules(read, await house.ports.applications.list(), house.ports);
  return house;
}

test('keep-rules has the objects looked at that are judged otherwise now', async () => {
  const house = await judgedBy('ConfigMap');
  await house.work();
  const { health } = (await house.entry()).state;
  equal(health.status, 'Degraded');
  deepEqual((await house.entry()).suspects, []);
});

test('keep-rules has nobody look where no object is of that kind', async () => {
  const house = await judgedBy('Secret');
  deepEqual((await house.entry()).suspects, []);
  await house.work();
  equal((await house.entry()).state.health.status, 'Healthy');
});
