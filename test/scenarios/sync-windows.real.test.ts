/** Story: while a window is shut nothing changes by itself, whoever asks is told, and nobody is held who could not go back. */
import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { chooseDestination } from '../../lib/flow/choose-destination.ts';
import { rollBack } from '../../lib/flow/roll-back.ts';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

const value = (house: TestHouse) => house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}');

const shut = (house: TestHouse) =>
  windows(house, '{kind: deny, schedule: "* * * * *", duration: 1h, applications: ["*"]}');

function windows(house: TestHouse, ...written: string[]): Promise<void> {
  const all = 'sourceRepos: ["*"], destinations: [{server: "*", name: "*", namespace: "*"}]';
  return house.writeProject('team', `{${all}, syncWindows: [${written.join(', ')}]}`);
}

test('sync-windows: a push and a hand edit wait for the window, a rollback is refused, and then all of it goes on', async (t) => {
  const house = await openHouse(t, plane);
  await windows(house);
  await house.writeApplication('shop', { project: 'team' });
  for (const each of ['one', 'two']) {
    await house.push({ 'settings.yaml': configMap('settings', each) });
    await house.follow();
  }
  await shut(house);
  await house.push({ 'settings.yaml': configMap('settings', 'three') });
  await house.follow();
  equal(await value(house), 'two');
  const { blocked, sync } = summarizeApplication(await house.entry());
  deepEqual([sync, blocked?.code], ['OutOfSync', 'sync.blocked_by_window']);
  match(blocked?.because ?? '', /^Blocked by sync window deny \* \* \* \* \* for 1h/);

  await house.kubectl('patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"k":"by hand"}}');
  await house.sweep();
  equal(await value(house), 'by hand');

  const entry = await house.entry();
  const wish = { who: 'Bea', reason: '', until: null, confirmed: false, automatic: false };
  const to = await chooseDestination(entry, undefined, house.ports);
  await rejects(rollBack(entry, to, wish, house.ports), { code: 'sync.blocked_by_window' });
  equal((await house.entry()).hold, null);

  await windows(house);
  await house.work();
  equal(await value(house), 'three');
  deepEqual([(await house.entry()).state.sync, (await house.entry()).state.blocked], ['Synced', null]);
});
