/** Story: an Application that leaves the fleet takes its objects along only when its finalizer says so, as in Argo CD. */
import { deepEqual, equal } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment } from '../support/example-manifests.ts';
import { openHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();
const files = { 'web.yaml': deployment(), 'settings.yaml': configMap() };

test('leave-fleet: without a finalizer the objects stay and nobody looks after them', async (t) => {
  const house = await openHouse(t, plane);
  await house.push(files);
  await house.follow();
  await rm(join(house.fleet, 'shop.yaml'));
  deepEqual((await syncFleet(house.ports))?.removed, ['shop']);
  await house.work();
  equal(await house.ports.applications.get('shop'), null);
  equal(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}'), 'v');
});

test('leave-fleet: with the finalizer they go, and only they', async (t) => {
  const house = await openHouse(t, plane, { application: { finalizer: true } });
  await house.push(files);
  await house.follow();
  await house.kubectl('create', 'configmap', 'somebody-elses', '--from-literal=a=b');
  await rm(join(house.fleet, 'shop.yaml'));
  await syncFleet(house.ports);
  await house.work();
  equal(await house.ports.applications.get('shop'), null);
  equal(await house.kubectl('get', 'deployment,configmap', '-l', 'trueup.dev/application', '-o', 'name'), '');
  equal(await house.kubectl('get', 'configmap', 'somebody-elses', '-o', 'jsonpath={.data.a}'), 'b');
});

test('leave-fleet: while a document of the fleet cannot be read nothing is removed', async (t) => {
  const house = await openHouse(t, plane);
  await house.push(files);
  await house.follow();
  await rm(join(house.fleet, 'shop.yaml'));
  await writeFile(
    join(house.fleet, 'broken.yaml'),
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\n  metadata: {name: x}\n',
  );
  const { removed, faults } = (await syncFleet(house.ports)) ?? { removed: null, faults: [] };
  deepEqual(removed, []);
  equal(faults[0]?.code, 'render.yaml_invalid');
  equal((await house.entry()).leaving, false);
});
