/** What happens to those at work while the API server is killed and comes back. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ControlPlane } from '../../../infra/local/control-plane/control-plane.ts';
import { startControlPlane } from '../../../infra/local/control-plane/start-control-plane.ts';
import { type ConnectedCluster, connectCluster } from '../../../lib/adapters/kubernetes/connect-cluster.ts';
import { kubeconfigAccess } from '../../../lib/adapters/kubernetes/kubeconfig-access.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { Change } from '../../../lib/ports/cluster.ts';

let plane: ControlPlane;
let cluster: ConnectedCluster;

/** One of its own: nobody else's tests may lose their API server. */
before(async () => {
  plane = await startControlPlane({ folder: await mkdtemp(join(tmpdir(), 'trueup-test-')), pods: 'simulated' });
  cluster = connectCluster({
    name: 'lab',
    access: kubeconfigAccess({ cluster: 'lab', path: plane.kubeconfig }),
    userAgent: 'trueup/test',
  });
});

after(async () => {
  await cluster?.close();
  await plane?.remove();
});

const label = { 'trueup.dev/application': 'shop' };
const configMap = (name: string) => {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', labels: label } };
};

test('a watch keeps what it received when the API server is killed, and a new one goes on from there', async () => {
  const kind = (await cluster.facts()).kinds.find((one) => one.kind === 'ConfigMap');
  ok(kind);
  const { position } = await cluster.list(kind, {});
  const selection = { labelSelector: 'trueup.dev/application' };
  const received: Change[] = [];
  const firstArrived = Promise.withResolvers<void>();
  const watching = (async () => {
    for await (const change of cluster.changes(kind, { from: position, ...selection })) {
      received.push(change);
      firstArrived.resolve();
    }
  })();
  await cluster.apply(configMap('before'), { dryRun: false });
  await firstArrived.promise;

  await plane.stopApiServer();
  await watching;
  deepEqual(received.map(told), ['ADDED before']);
  const code = await cluster
    .apply(configMap('while'), { dryRun: false })
    .catch((error) => error instanceof Fault && error.code);
  equal(code, 'cluster.unreachable');

  await plane.startApiServer();
  await cluster.apply(configMap('after'), { dryRun: false });
  const [last] = received;
  ok(last && 'position' in last);
  const resumed = await Array.fromAsync(cluster.changes(kind, { from: last.position, ...selection, quietMs: 500 }));
  // The new server's cache may no longer reach back to the position: then it must say so rather than leave a gap.
  ok(['ADDED after', 'EXPIRED'].includes(resumed.map(told).join()), resumed.map(told).join());
});

function told(change: Change): string {
  return 'object' in change ? `${change.type} ${change.object.metadata.name}` : change.type;
}
