import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import { doorNow, doorPorts } from '../support/door-ports.ts';

function documentOf(name: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, finalizers: [resources-finalizer.argocd.argoproj.io]}
spec:
  project: default
  source: {repoURL: "https://git.example.com/team/${name}", path: ., targetRevision: main}
  destination: {name: prod, namespace: shop}
`;
}

/** A fleet whose documents the test changes; what is read arrives when the test says so. */
function houseOf(...names: string[]) {
  const fleet = { names, arrives: Promise.resolve() };
  let now = doorNow;
  let ids = 0;
  const ports = doorPorts({
    now: () => now,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    fleet: {
      async read() {
        const bytes = (name: string) => new TextEncoder().encode(documentOf(name));
        const files = new Map(
          fleet.names.map((name) => [`${name}.yaml`, { kind: 'file' as const, bytes: bytes(name), executable: false }]),
        );
        await fleet.arrives;
        return { files, at: 'the fleet of this test' };
      },
    },
  });
  const register = async () =>
    (await ports.applications.list()).map(({ application, leaving }) => [application.name, leaving]);
  const pass = (ms: number) => {
    now += ms;
  };
  return { fleet, ports, register, pass };
}

test('sync-fleet: who read the fleet before a push undoes nothing of what the push brought', async () => {
  const { fleet, ports, register, pass } = houseOf('shop');
  await handleMessage({ about: 'fleet', why: 'start' }, ports);
  const arrival = Promise.withResolvers<void>();
  fleet.arrives = arrival.promise;
  const slow = handleMessage({ about: 'fleet', why: 'tick' }, ports);
  await new Promise(setImmediate);
  fleet.arrives = Promise.resolve();
  fleet.names = ['shop', 'web'];
  await handleMessage({ about: 'fleet', why: 'push', trace: 'd-1' }, ports);
  arrival.resolve();
  await slow;
  pass(5_000);
  const received = await ports.queue.receive({ max: 10, now: ports.now(), forMs: 60_000 });
  const waiting = received.flatMap(({ message }) => (message.about === 'fleet' ? [message] : []));
  deepEqual(waiting, [{ about: 'fleet', why: 'push', trace: 'd-1' }]);
  for (const message of waiting) await handleMessage(message, ports);
  deepEqual(await register(), [
    ['shop', false],
    ['web', false],
  ]);
});

test('sync-fleet: whoever has read for too long stops, and the next one goes on', async () => {
  const { fleet, ports, register, pass } = houseOf('shop', 'web');
  const { put } = ports.applications;
  ports.applications.put = async (...given) => {
    await put(...given);
    pass(200_000);
  };
  await handleMessage({ about: 'fleet', why: 'tick' }, ports);
  equal((await register()).length, 1);
  const received = await ports.queue.receive({ max: 10, now: ports.now(), forMs: 60_000 });
  equal(received.filter(({ message }) => message.about === 'fleet').length, 1);
  await handleMessage({ about: 'fleet', why: 'there is more' }, ports);
  equal((await register()).length, 2);
  fleet.names = [];
  await handleMessage({ about: 'fleet', why: 'tick' }, ports);
  deepEqual(await register(), [
    ['shop', true],
    ['web', false],
  ]);
});
