import { deepEqual, rejects } from 'node:assert/strict';
import test from 'node:test';
import { initialState } from '../../lib/core/application/initial-state.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { receiveAudit } from '../../lib/flow/receive-audit.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { auditLine } from '../functions/audit-delivery.ts';
import { doorNow, doorPorts } from '../support/door-ports.ts';

const receipt = { events: 0, malformed: 0, changes: 0, ours: 0, controlPlane: 0, woken: [] as string[] };

/** `inUse`: Application → its cluster and the kinds of its record. */
async function house(inUse: Record<string, { cluster: string; kinds: string[] }>) {
  const logged: unknown[] = [];
  const log = { info: (name: string, facts: unknown) => void logged.push([name, facts]), warn() {}, error() {} };
  const ports = doorPorts({ log });
  for (const [name, { cluster, kinds }] of Object.entries(inUse)) {
    await ports.applications.put(exampleApplication({ name }), { cluster, leaving: false });
    const lease = await ports.leases.take(name, { holder: 'a', now: doorNow, forMs: 1 });
    if (lease === null) throw new Error('the lease is free');
    await ports.leases.write(lease, { ...initialState(name), kinds });
  }
  const clustersOfEks = (eks: string) => (eks === 'prod-eu' ? ['prod', 'prod-us'] : []);
  const queued = async () => {
    const received = await ports.queue.receive({ max: 9, now: doorNow, forMs: 1 });
    return received.map(({ message }) => message);
  };
  return { ports: { ...ports, clustersOfEks }, logged, queued };
}

const shop = { shop: { cluster: 'prod', kinds: ['apps/v1/Deployment', 'v1/Secret'] } };
const trace = '6e4a1c1e-2f0a-4c1b-9a39-6a4f6a7d6c10';

test('receive-audit sweeps the cluster of a hand edit, and says what and who it was', async () => {
  const { ports, logged, queued } = await house(shop);
  const lines = [auditLine('apply-by-trueup'), auditLine('scale-by-autoscaler'), auditLine('scale-by-person'), 'cut'];
  const gives = { events: 3, malformed: 1, changes: 1, ours: 1, controlPlane: 1, woken: ['prod'] };
  deepEqual(await receiveAudit({ eks: 'prod-eu', lines }, ports), gives);
  const why = 'audit: patch deployments/scale shop/nginx by kubernetes-admin';
  deepEqual(await queued(), [{ about: 'cluster', name: 'prod', why, trace }]);
  deepEqual(logged, [['audit.received', { eks: 'prod-eu', ...gives }]]);
});

test('receive-audit queues one wake-up for each cluster, however much happened', async () => {
  const { ports, queued } = await house({ ...shop, web: { cluster: 'prod-us', kinds: ['v1/Secret'] } });
  const lines = Array.from({ length: 500 }, () => auditLine('edit-of-secret-by-person'));
  const gives = { ...receipt, events: 500, changes: 500, woken: ['prod', 'prod-us'] };
  deepEqual(await receiveAudit({ eks: 'prod-eu', lines }, ports), gives);
  deepEqual(
    (await queued()).map(({ why }) => why),
    Array.from({ length: 2 }, () => 'audit: patch secrets shop/db by kubernetes-admin'),
  );
});

for (const [it, eks, lines, gives] of [
  ['what we did ourselves', 'prod-eu', ['apply-by-trueup', 'delete-by-trueup'], { events: 2, ours: 2 }],
  ['what controllers did', 'prod-eu', ['scale-by-autoscaler', 'pod-by-kubelet'], { events: 2, controlPlane: 2 }],
  ['a kind that no Application there uses', 'prod-eu', ['delete-collection-by-person'], { events: 1, changes: 1 }],
  ['a cluster that is none of ours', 'other', ['scale-by-person'], { events: 1, changes: 1 }],
  ['no lines', 'prod-eu', [], {}],
] as const)
  test(`receive-audit wakes nobody for ${it}`, async () => {
    const { ports, queued } = await house(shop);
    deepEqual(await receiveAudit({ eks, lines: lines.map(auditLine) }, ports), { ...receipt, ...gives });
    deepEqual(await queued(), []);
  });

test('receive-audit keeps the reason short, whatever somebody called himself', async () => {
  const { ports, queued } = await house(shop);
  const event = JSON.parse(auditLine('scale-by-person'));
  event.user.username = 'x'.repeat(100_000);
  await receiveAudit({ eks: 'prod-eu', lines: [JSON.stringify(event)] }, ports);
  deepEqual(
    (await queued()).map(({ why }) => why.length),
    [300],
  );
});

test('receive-audit fails when the queue takes nothing, so that the delivery comes again', async () => {
  const { ports } = await house(shop);
  const queue = { send: async () => Promise.reject(new Fault('queue.unavailable', { queue: 'q' })) };
  const given = { eks: 'prod-eu', lines: [auditLine('scale-by-person')] };
  await rejects(receiveAudit(given, { ...ports, queue }), { code: 'queue.unavailable' });
});
