import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Delivery, Push } from '../../lib/core/push/push.ts';
import { receivePush } from '../../lib/flow/receive-push.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { type DoorPorts, doorNow, doorPorts } from '../support/door-ports.ts';

const repoURL = 'https://git.example.com/team/shop.git';
const request = { gitHost: 'git', headers: {}, body: '{}' };

function push(given: Partial<Push> = {}): Push {
  const before = '0'.repeat(40);
  return {
    delivery: 'd-1',
    repoURLs: [repoURL],
    ref: 'refs/heads/main',
    before,
    after: before,
    pusher: 'ann',
    ...given,
  };
}

async function house(delivery: Delivery | Fault, over: Partial<Ports> = {}): Promise<DoorPorts> {
  const read = async () => {
    if (delivery instanceof Fault) throw delivery;
    return delivery;
  };
  const ports = doorPorts({ webhook: () => ({ webhook: { read }, secret: async () => 's' }), ...over });
  await ports.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  return ports;
}

async function queued(ports: DoorPorts) {
  return (await ports.queue.receive({ max: 10, now: doorNow, forMs: 0 })).map(({ message }) => message);
}

test('receive-push wakes the repository, by the name its Applications use', async () => {
  const ports = await house({ kind: 'push', pushes: [push({ repoURLs: ['git@git.example.com:Team/Shop'] })] });
  deepEqual(await receivePush(request, ports), { queued: 1, duplicate: false });
  deepEqual(await queued(ports), [{ about: 'repository', repoURL, why: 'push refs/heads/main', trace: 'd-1' }]);
});

test('receive-push finds the repository by any of its names', async () => {
  const ports = await house({
    kind: 'push',
    pushes: [push({ repoURLs: ['https://elsewhere.example.com/x', repoURL] })],
  });
  equal((await receivePush(request, ports)).queued, 1);
});

test('receive-push wakes the fleet’s repository though no Application reads it', async () => {
  const fleet = 'https://git.example.com/team/fleet';
  const ports = await house(
    { kind: 'push', pushes: [push({ repoURLs: [fleet] })] },
    { isFleet: (url) => url === fleet },
  );
  await receivePush(request, ports);
  deepEqual(await queued(ports), [{ about: 'repository', repoURL: fleet, why: 'push refs/heads/main', trace: 'd-1' }]);
});

test('receive-push tries a signature again with a secret that was rotated meanwhile, and with no other', async () => {
  const asked: boolean[] = [];
  const secret = async ({ fresh = false } = {}) => {
    asked.push(fresh);
    return fresh ? 'new' : 'old';
  };
  const read = async (_: unknown, given: string): Promise<Delivery> => {
    if (given !== 'new') throw new Fault('push.bad_signature', { gitHost: 'git' });
    return { kind: 'push', pushes: [push()] };
  };
  const ports = await house({ kind: 'push', pushes: [] }, { webhook: () => ({ webhook: { read }, secret }) });
  equal((await receivePush(request, ports)).queued, 1);
  deepEqual(asked, [false, true]);
  const forged = await house(new Fault('push.bad_signature', { gitHost: 'git' }));
  await rejects(receivePush(request, forged), { code: 'push.bad_signature' });
});

test('receive-push takes the same delivery once', async () => {
  const ports = await house({ kind: 'push', pushes: [push()] });
  await receivePush(request, ports);
  deepEqual(await receivePush(request, ports), { queued: 0, duplicate: true });
  equal((await queued(ports)).length, 1);
});

test('receive-push takes a delivery again that it could not queue', async () => {
  const ports = await house({ kind: 'push', pushes: [push()] });
  const { send } = ports.queue;
  ports.queue.send = () => Promise.reject(new Error('the process died'));
  await rejects(receivePush(request, ports));
  ports.queue.send = send;
  deepEqual(await receivePush(request, ports), { queued: 1, duplicate: false });
});

test('receive-push wakes a repository once, however many refs one delivery tells of', async () => {
  const pushes = [push(), push({ ref: 'refs/tags/v1' }), push({ ref: 'refs/tags/v2' })];
  const ports = await house({ kind: 'push', pushes });
  equal((await receivePush(request, ports)).queued, 1);
  deepEqual(await queued(ports), [{ about: 'repository', repoURL, why: 'push refs/heads/main', trace: 'd-1' }]);
});

for (const { it, delivery } of [
  {
    it: 'a repository that nobody reads',
    delivery: { kind: 'push', pushes: [push({ repoURLs: ['https://git.example.com/x/y'] })] },
  },
  { it: 'a push of nothing', delivery: { kind: 'push', pushes: [] } },
  { it: 'a ping', delivery: { kind: 'ping' } },
  { it: 'an event of another kind', delivery: { kind: 'ignored', event: 'issues' } },
] satisfies { it: string; delivery: Delivery }[]) {
  test(`receive-push queues nothing for ${it}`, async () => {
    const ports = await house(delivery);
    deepEqual(await receivePush(request, ports), { queued: 0, duplicate: false });
    deepEqual(await queued(ports), []);
  });
}

test('receive-push passes on why a delivery is refused, and remembers nothing of it', async () => {
  const ports = await house(new Fault('push.bad_signature', { gitHost: 'git' }));
  await rejects(receivePush(request, ports), { code: 'push.bad_signature' });
  deepEqual([await queued(ports), await ports.deliveries.known('git', 'd-1')], [[], false]);
});
