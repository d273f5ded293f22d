/** Story: killed at any write, and started again, nothing is lost and nothing is done twice. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment } from '../support/example-manifests.ts';
import { killedPorts } from '../support/killed-ports.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();
/** No story here has as many writes; reaching it would mean that it never ends. */
const mostWrites = 80;

for (const done of [false, true]) {
  const when = done ? 'right after' : 'right before';
  test(`survive-kill: a push is synced once, whichever write the process died ${when}`, async (t) => {
    const house = await openHouse(t, plane);
    await house.push({
      'web.yaml': deployment({ replicas: 1 }),
      'kept.yaml': configMap('kept'),
      'old-0.yaml': configMap('old-0'),
    });
    await house.follow();
    for (let at = 1; at < mostWrites; at += 1) {
      const before = (await house.events()).length;
      const replicas = 1 + (at % 2);
      const revision = await house.push({
        'web.yaml': deployment({ replicas, image: `nginx:1.${at}` }),
        [`old-${at - 1}.yaml`]: null,
        [`old-${at}.yaml`]: configMap(`old-${at}`),
      });
      await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
      const died = await workUntilKilled(house, { at, done });
      await house.restart();
      await wakeAsServeDoes(house);
      await house.work();

      const context = `write ${at}: ${died}`;
      const { state } = await house.entry();
      deepEqual(
        [state.sync, state.synced?.revision, state.condition, state.operation],
        ['Synced', revision, null, null],
        context,
      );
      const image = await house.kubectl(
        'get',
        'deployment',
        'web',
        '-o',
        'jsonpath={.spec.replicas} {.spec.template.spec.containers[0].image}',
      );
      equal(image, `${replicas} nginx:1.${at}`, context);
      const maps = await house.kubectl(
        'get',
        'configmap',
        '-l',
        'trueup.dev/application',
        '-o',
        'jsonpath={.items[*].metadata.name}',
      );
      equal(maps, `kept old-${at}`, context);
      const told = (await house.events())
        .slice(before)
        .map(describe)
        .filter((line) => !line.startsWith('health.changed'));
      deepEqual(told.toSorted(), expected(at), context);
      if (died === null) return;
    }
    ok(false, 'it never got through');
  });

  test(`survive-kill: a hand edit is undone once, whichever write the process died ${when}`, async (t) => {
    const house = await openHouse(t, plane);
    await house.push({ 'settings.yaml': configMap() });
    await house.follow();
    await house.sweep();
    for (let at = 1; at < mostWrites; at += 1) {
      // A long time of peace: the tug-of-war guard is not what this is about.
      await forgetHeals(house);
      const before = (await house.events()).length;
      await house.kubectl(
        'patch',
        'configmap',
        'settings',
        '-p',
        JSON.stringify({ data: { k: `evil-${at}`, [`more-${at}`]: 'x' } }),
      );
      await house.ports.queue.send({ about: 'cluster', name: 'prod', why: 'test' });
      const died = await workUntilKilled(house, { at, done });
      await house.restart();
      await wakeAsServeDoes(house);
      await house.work();

      const context = `write ${at}: ${died}`;
      equal(await house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data}'), '{"k":"v"}', context);
      deepEqual((await house.events()).slice(before).map(describe), ['drift.found settings'], context);
      if (died === null) return;
    }
    ok(false, 'it never got through');
  });
}

/** The write at which it died, null when it lived to the end. */
async function workUntilKilled(house: TestHouse, { at, done }: { at: number; done: boolean }): Promise<string | null> {
  const { ports, died } = killedPorts(house.ports, { at, done });
  return Promise.race([died, house.work({ ports }).then(() => null)]);
}

/** What `trueup serve` does when it starts. */
async function wakeAsServeDoes({ ports, repoURL }: TestHouse): Promise<void> {
  await ports.wakes.wake('shop', ports.now());
  await handleMessage({ about: 'repository', repoURL, why: 'start' }, ports);
  await ports.queue.send({ about: 'application', name: 'shop', why: 'start' });
  await ports.queue.send({ about: 'cluster', name: 'prod', why: 'start' });
}

async function forgetHeals({ ports, entry }: TestHouse): Promise<void> {
  const { state, wanted } = await entry();
  const lease = await ports.leases.take('shop', { holder: 'test', now: ports.now(), forMs: 5_000 });
  if (lease === null) throw new Error('somebody is still at work');
  await ports.leases.write(lease, { ...state, heals: {} });
  await ports.leases.release(lease, { wanted, lookAt: null });
}

function describe(event: Awaited<ReturnType<TestHouse['events']>>[number]): string {
  if ('object' in event) return `${event.type} ${event.object.name}`;
  return event.type === 'sync.finished' ? `${event.type} ${event.result}` : event.type;
}

function expected(at: number): string[] {
  return [
    `object.created old-${at}`,
    `object.pruned old-${at - 1}`,
    'object.updated web',
    'sync.finished succeeded',
    'sync.started',
  ].toSorted();
}
