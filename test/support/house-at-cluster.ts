/** A Trueup in memory before a real API server: what is sent there, and how it is answered, is the test's to change. */
import { ok } from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type Access, readKubeconfig } from '../../infra/local/control-plane/kubeconfig.ts';
import { type ConnectedCluster, connectCluster } from '../../lib/adapters/kubernetes/connect-cluster.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { type MemoryHouse, memoryHouse } from '../flow/memory-house.ts';
import type { TestControlPlane } from './control-plane.ts';

export type HouseAtCluster = {
  house: MemoryHouse;
  /** Past all that stands before the API server. */
  direct: ConnectedCluster;
  /** Of the Application, whose name it is too. */
  namespace: string;
  /** `data.k` of its ConfigMaps, by the names of the tree; what is being deleted is gone. */
  values(): Promise<Record<string, string>>;
};

/** `through`: what stands before the API server, by the access to it; left out, nothing. */
export async function houseAtCluster(
  t: TestContext,
  plane: TestControlPlane,
  through: (access: Access) => Promise<string> = async ({ server }) => server,
): Promise<HouseAtCluster> {
  const access = await readKubeconfig(plane.kubeconfig);
  const namespace = await plane.freshNamespace();
  const direct = connect(t, access, access.server);
  const { destination } = exampleApplication();
  const cluster = connect(t, access, await through(access));
  const house = await memoryHouse({ name: namespace, destination: { ...destination, namespace } }, cluster);
  return { house, direct, namespace, values: () => values(direct, namespace) };
}

function connect(t: TestContext, { token, ca }: Access, origin: string): ConnectedCluster {
  const access = { origin, prefix: '', tls: { ca }, headers: { authorization: `Bearer ${token}` } };
  const cluster = connectCluster({
    name: 'prod',
    access: { current: async () => access, renew: () => undefined },
    userAgent: 'trueup/test',
    // Kinds are looked up in each sync, so that this goes wrong as well.
    limits: { backoffMs: 10, requestMs: 3_000, discoveryMs: 50 },
  });
  t.after(() => cluster.close());
  return cluster;
}

async function values(cluster: ConnectedCluster, namespace: string): Promise<Record<string, string>> {
  const { kinds } = await cluster.facts();
  const kind = kinds.find((one) => one.apiVersion === 'v1' && one.kind === 'ConfigMap');
  ok(kind);
  const { items } = await cluster.list(kind, { namespace });
  // Deleted in the foreground it stays until the garbage collector has come by; the root certificate is in every namespace.
  const found = (await Array.fromAsync(items)).filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined && metadata.name !== 'kube-root-ca.crt',
  );
  return Object.fromEntries(
    found.map(({ metadata, data }) => [`ConfigMap ${metadata.name}`, (data as { k: string }).k]),
  );
}
