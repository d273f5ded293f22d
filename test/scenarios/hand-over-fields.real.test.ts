/** Story: a field that Git hands to an autoscaler or to another manager, or that Git no longer names, is never reset. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

const autoscaler = (name = 'web') => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}
  minReplicas: 1
  maxReplicas: 9
`;

const silent = (image = 'nginx:1.27') => deployment({ image }).replace('  replicas: 2\n', '');

const replicas = (house: TestHouse) => house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}');
const image = (house: TestHouse) =>
  house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[0].image}');

/** As the autoscaler's controller does: through scale, under its name. */
const autoscale = (house: TestHouse, to: number) =>
  house.kubectl(
    'patch',
    'deployment',
    'web',
    '--subresource=scale',
    '--field-manager=kube-controller-manager',
    '--type=merge',
    '-p',
    `{"spec":{"replicas":${to}}}`,
  );

async function drifts(house: TestHouse) {
  return (await house.events()).filter((event) => event.type === 'drift.found');
}

test('hand-over-fields leaves replicas to an autoscaler, also after a hand edit and where Git names a number', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'web.yaml': deployment(), 'scaler.yaml': autoscaler() });
  await house.follow();
  await house.sweep();
  await autoscale(house, 7);
  await house.sweep();
  await house.kubectl('scale', 'deployment/web', '--replicas=9');
  await house.sweep();
  deepEqual(await drifts(house), []);
  equal(await replicas(house), '9');

  await house.push({ 'web.yaml': deployment({ image: 'nginx:1.28' }) });
  await house.follow();
  equal(await image(house), 'nginx:1.28');
  equal(await replicas(house), '9', 'a push of something else does not scale');

  await house.kubectl('set', 'image', 'deployment/web', 'web=nginx:evil');
  await house.sweep();
  equal(await image(house), 'nginx:1.28', 'what is Git’s is still healed');
  equal(await replicas(house), '9', 'and healing does not scale');
});

test('hand-over-fields: replicas that leave Git in the commit that brings an autoscaler stay as they are', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'web.yaml': deployment({ replicas: 5 }) });
  await house.follow();
  await house.push({ 'web.yaml': silent(), 'scaler.yaml': autoscaler() });
  await house.follow();
  equal(await replicas(house), '5');
  await autoscale(house, 7);
  await house.kubectl('scale', 'deployment/web', '--replicas=9');
  await house.sweep();
  equal(await replicas(house), '9');
  await house.kubectl('set', 'image', 'deployment/web', 'web=nginx:evil');
  await house.sweep();
  equal(await image(house), 'nginx:1.27');
  equal(await replicas(house), '9');
  deepEqual(
    (await drifts(house)).map(({ diff }) => diff.map(({ path }) => path)),
    [['spec.template.spec.containers[name=web].image']],
  );
});

test('hand-over-fields: replicas that leave Git stay as they are without an autoscaler too', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'web.yaml': deployment({ replicas: 5 }) });
  await house.follow();
  await house.push({ 'web.yaml': silent('nginx:1.28') });
  await house.follow();
  equal(await image(house), 'nginx:1.28');
  equal(await replicas(house), '5');
  await house.kubectl('scale', 'deployment/web', '--replicas=6');
  await house.sweep();
  deepEqual(await drifts(house), []);
  equal(await replicas(house), '6');
});

test('hand-over-fields: a field that another manager owns too stays when it leaves Git', async (t) => {
  const house = await openHouse(t, plane);
  const shared = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {k: v, shared: "1"}\n';
  await house.push({ 'settings.yaml': shared });
  await house.follow();
  await house.kubectl(
    'patch',
    'configmap',
    'settings',
    '--field-manager=some-operator',
    '--type=merge',
    '-p',
    '{"data":{"shared":"2"}}',
  );
  await house.sweep();
  deepEqual(await drifts(house), [], 'an operator took it over');
  await house.push({ 'settings.yaml': configMap() });
  await house.follow();
  equal(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.shared}'), '2');
  await house.kubectl('patch', 'configmap', 'settings', '-p', '{"data":{"k":"evil"}}');
  await house.sweep();
  equal(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data}'), '{"k":"v","shared":"2"}');
});

test('hand-over-fields: replicas are healed where no autoscaler has them', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'web.yaml': deployment(), 'scaler.yaml': autoscaler('other') });
  await house.follow();
  await house.sweep();
  await house.kubectl('scale', 'deployment/web', '--replicas=9');
  await house.sweep();
  equal(await replicas(house), '2');
});
