/** Story: a sync in three waves with hooks, killed at any write and started again, runs each hook once and ends as if nothing had been. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { hook } from '../support/example-hooks.ts';
import { configMap, deployment, inWave } from '../support/example-manifests.ts';
import { killedPorts } from '../support/killed-ports.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();
/** No sync here has as many writes; reaching it would mean that it never ends. */
const mostWrites = 120;

// What was written when it died right before a write is what was written right after the one before.
test('survive-kill-waves: three waves and two hooks, whichever write the process died right after', async (t) => {
  const house = await openHouse(t, plane);
  await house.push(filesOf(0));
  await house.follow();
  for (let at = 1; at < mostWrites; at += 1) {
    const revision = await house.push({ ...filesOf(at), [`old-${at - 1}.yaml`]: null });
    await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
    const created = new Set<string>();
    const { ports, died } = killedPorts(noteHooks(house.ports, created), { at, done: true });
    const killed = await Promise.race([died, house.work({ ports }).then(() => null)]);
    await house.restart();
    await wakeAsServeDoes(house);
    await house.work({ ports: noteHooks(house.ports, created) });

    const context = `write ${at}: ${killed}`;
    const { state } = await house.entry();
    deepEqual(
      [state.sync, state.synced?.revision, state.condition, state.operation],
      ['Synced', revision, null, null],
      context,
    );
    deepEqual(await valuesOf(house), `base=${at} old-${at}=v top=${at}`, context);
    equal(created.size, 2, `${context}: one of each hook`);
    const told = (await house.events()).flatMap((event) => {
      if (!('revision' in event) || event.revision !== revision) return [];
      if (event.type === 'hook.ended') return [`${event.phase} ${event.result}`];
      return event.type === 'sync.finished' ? [`sync ${event.result}`] : [];
    });
    deepEqual(told, ['PreSync succeeded', 'PostSync succeeded', 'sync succeeded'], context);
    if (killed === null) return;
  }
  ok(false, 'it never got through');
});

function filesOf(at: number): Record<string, string> {
  return {
    'before.yaml': hook('PreSync', 'migrate'),
    'base.yaml': inWave(-1, configMap('base', `"${at}"`)),
    'web.yaml': deployment({ replicas: 0, image: `nginx:1.${at}` }),
    [`old-${at}.yaml`]: configMap(`old-${at}`),
    'top.yaml': inWave(1, configMap('top', `"${at}"`)),
    'behind.yaml': hook('PostSync', 'smoke-test'),
  };
}

async function valuesOf(house: TestHouse): Promise<string> {
  const path = '-o=jsonpath={range .items[*]}{.metadata.name}={.data.k} {end}';
  return (await house.kubectl('get', 'configmaps', '-l', 'trueup.dev/application', path)).trim();
}

/** The uids of the Jobs that were really made, whoever heard of it. */
function noteHooks(ports: Ports, created: Set<string>): Ports {
  return {
    ...ports,
    cluster(name) {
      const cluster = ports.cluster(name);
      return {
        ...cluster,
        async apply(object, options) {
          const live = await cluster.apply(object, options);
          if (object.kind === 'Job' && !options.dryRun) created.add(live.metadata.uid ?? '');
          return live;
        },
      };
    },
  };
}

/** What `trueup serve` does when it starts. */
async function wakeAsServeDoes({ ports, repoURL }: TestHouse): Promise<void> {
  await ports.wakes.wake('shop', ports.now());
  await handleMessage({ about: 'repository', repoURL, why: 'start' }, ports);
  await ports.queue.send({ about: 'application', name: 'shop', why: 'start' });
}
