/** Story: what is changed by hand is found, named and undone; what only looks like a change is left alone. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Event } from '../../lib/core/event/event.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, customResource, deployment, secret, service } from '../support/example-manifests.ts';
import { openHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();
const files = {
  'web.yaml': deployment(),
  'settings.yaml': configMap(),
  'login.yaml': secret(),
  'service.yaml': service,
};

type Edit = { it: string; by: string[]; finds: string[]; manager?: string; what?: 'changed' | 'deleted' };

const container = 'spec.template.spec.containers[name=web]';
const edits: Edit[] = [
  {
    it: 'a scale',
    by: ['scale', 'deployment/web', '--replicas=1'],
    finds: ['spec.replicas'],
    manager: 'kubectl (scale)',
  },
  {
    it: 'another image',
    by: ['set', 'image', 'deployment/web', 'web=nginx:evil'],
    finds: [`${container}.image`],
    manager: 'kubectl-set',
  },
  {
    it: 'an environment variable more',
    by: ['set', 'env', 'deployment/web', 'B=2'],
    finds: [`${container}.env[name=B]`],
    manager: 'kubectl-set',
  },
  {
    it: 'an environment variable less',
    by: ['set', 'env', 'deployment/web', 'A-'],
    finds: [`${container}.env[name=A]`],
  },
  {
    it: 'a label more',
    by: ['label', 'deployment', 'web', 'x=y'],
    finds: ['metadata.labels.x'],
    manager: 'kubectl-label',
  },
  {
    it: 'our own label gone',
    by: ['label', 'deployment', 'web', 'trueup.dev/application-'],
    finds: ['metadata.labels["trueup.dev/application"]'],
  },
  {
    it: 'an annotation more',
    by: ['annotate', 'deployment', 'web', 'note=hello'],
    finds: ['metadata.annotations.note'],
    manager: 'kubectl-annotate',
  },
  {
    it: 'an argument patched',
    by: [
      'patch',
      'deployment',
      'web',
      '--type=json',
      '-p',
      '[{"op":"replace","path":"/spec/template/spec/containers/0/args/1","value":"--loud"}]',
    ],
    finds: [`${container}.args`],
    manager: 'kubectl-patch',
  },
  {
    it: 'a port more',
    by: [
      'patch',
      'deployment',
      'web',
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"web","ports":[{"containerPort":81}]}]}}}}',
    ],
    finds: [`${container}.ports[containerPort=81,protocol=TCP]`],
    manager: 'kubectl-patch',
  },
  {
    it: 'a value of a ConfigMap',
    by: ['patch', 'configmap', 'settings', '-p', '{"data":{"k":"evil"}}'],
    finds: ['data.k'],
    manager: 'kubectl-patch',
  },
  {
    it: 'a value of a Secret, masked',
    by: ['patch', 'secret', 'login', '-p', '{"data":{"password":"ZXZpbC1wYXNzd29yZA=="}}'],
    finds: ['data.password'],
    manager: 'kubectl-patch',
  },
  {
    it: 'a key more in a Secret',
    by: ['patch', 'secret', 'login', '-p', '{"stringData":{"more":"evil-password"}}'],
    finds: ['data.more'],
    manager: 'kubectl-patch',
  },
  { it: 'an object deleted', by: ['delete', 'configmap', 'settings'], finds: [], what: 'deleted' },
  { it: 'a workload deleted', by: ['delete', 'deployment', 'web'], finds: [], what: 'deleted' },
];

for (const { it, by, finds, manager, what = 'changed' } of edits) {
  test(`heal-hand-edits undoes ${it}`, async (t) => {
    const house = await openHouse(t, plane);
    await house.push(files);
    await house.follow();
    await house.sweep();
    const before = await house.kubectl(
      'get',
      'deployment,configmap,secret',
      '-o',
      'jsonpath={range .items[*]}{.spec}{.data}{.metadata.labels}{end}',
    );
    await house.kubectl(...by);
    await house.sweep();

    const found = await drifts(house.events());
    equal(found.length, 1, JSON.stringify(found));
    const [drift] = found;
    deepEqual(
      { action: drift?.action, what: drift?.what, paths: drift?.diff.map(({ path }) => path) },
      { action: 'reverted', what, paths: finds },
    );
    if (manager !== undefined) equal(drift?.by[0]?.manager, manager);
    equal(
      await house.kubectl(
        'get',
        'deployment,configmap,secret',
        '-o',
        'jsonpath={range .items[*]}{.spec}{.data}{.metadata.labels}{end}',
      ),
      before,
    );
    ok(
      !/correct-horse|evil-password|Y29ycmVjd|ZXZpbC1/.test(JSON.stringify(await house.events())),
      'no secret value in the record',
    );

    await house.sweep();
    equal((await drifts(house.events())).length, 1, 'nothing is left to find');
  });
}

const harmless: { it: string; by: string[] }[] = [
  {
    it: 'a quantity written differently',
    by: [
      'patch',
      'deployment',
      'web',
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"web","resources":{"requests":{"cpu":"0.1"}}}]}}}}',
    ],
  },
  { it: 'a rollout restart, which undoing would only repeat', by: ['rollout', 'restart', 'deployment', 'web'] },
  {
    it: 'a status written by hand',
    by: ['patch', 'deployment', 'web', '--subresource=status', '-p', '{"status":{"collisionCount":3}}'],
  },
];

for (const { it, by } of harmless) {
  test(`heal-hand-edits leaves alone ${it}`, async (t) => {
    const house = await openHouse(t, plane);
    await house.push(files);
    await house.follow();
    await house.sweep();
    await house.kubectl(...by);
    await house.sweep();
    deepEqual(await drifts(house.events()), []);
    const pods = await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.generation}');
    await house.sweep();
    equal(
      await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.generation}'),
      pods,
      'nobody wrote to it',
    );
  });
}

test('heal-hand-edits only reports where self-heal is off', async (t) => {
  const house = await openHouse(t, plane, { application: { automated: '{prune: true}' } });
  await house.push(files);
  await house.follow();
  await house.sweep();
  await house.kubectl('scale', 'deployment/web', '--replicas=1');
  await house.sweep();
  await house.sweep();
  deepEqual(
    (await drifts(house.events())).map(({ action }) => action),
    ['reported'],
  );
  equal((await house.entry()).state.sync, 'OutOfSync');
  equal(await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}'), '1');
});

test('heal-hand-edits finds what happened while nobody swept, also after the watch position was lost', async (t) => {
  const house = await openHouse(t, plane);
  await house.push(files);
  await house.follow();
  await house.sweep();
  await house.kubectl('delete', 'configmap', 'settings');
  await house.kubectl('scale', 'deployment/web', '--replicas=1');
  for (const kind of (await house.entry()).state.kinds) await house.ports.positions.put('prod', kind, null);
  await house.sweep();
  deepEqual((await drifts(house.events())).map(({ what }) => what).toSorted(), ['changed', 'deleted']);
  match(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.k}'), /^v$/);
});

test('heal-hand-edits brings back a definition that was deleted, and what was of its kind', async (t) => {
  const house = await openHouse(t, plane);
  const group = `${house.namespace}.example.com`;
  await house.push({ 'crd.yaml': customResource(group) });
  await house.follow();
  await house.sweep();
  await house.kubectl('delete', 'crd', `foos.${group}`);
  await house.sweep();
  await house.ports.wakes.wake('shop', house.ports.now());
  await house.ports.queue.send({ about: 'application', name: 'shop', why: 'test' }, { delayMs: 6_000 });
  await sleep(6_000);
  await house.work();
  equal(await house.kubectl('get', `foos.${group}`, 'first', '-o', 'jsonpath={.spec.a}'), 'b');
  await house.kubectl('delete', 'crd', `foos.${group}`);
});

async function drifts(events: Promise<Event[]>) {
  return (await events).filter((event) => event.type === 'drift.found');
}
