/** What a test file may expect of the control plane it shares. */
import { equal, match, notEqual } from 'node:assert/strict';
import test from 'node:test';
import { apiRequest } from '../../infra/local/control-plane/api-request.ts';
import { readKubeconfig } from '../../infra/local/control-plane/kubeconfig.ts';
import { sharedControlPlane } from './control-plane.ts';

const cluster = sharedControlPlane();

async function statusOfPods(kubeconfig: string, namespace: string): Promise<number> {
  return (await apiRequest(await readKubeconfig(kubeconfig), `/api/v1/namespaces/${namespace}/pods`)).status;
}

test('shared control plane gives every test a namespace of its own, ready for pods', async () => {
  const [one, other] = [await cluster.freshNamespace(), await cluster.freshNamespace()];
  notEqual(one, other);
  const access = await readKubeconfig(cluster.kubeconfig);
  match(cluster.server, /^https:\/\/127\.0\.0\.1:\d+$/);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'web', image: 'nginx' }] },
  };
  equal((await apiRequest(access, `/api/v1/namespaces/${one}/pods`, { method: 'POST', body: pod })).status, 201);
});

test('shared control plane knows one user who may do everything and one who may do nothing', async () => {
  const namespace = await cluster.freshNamespace();
  equal(await statusOfPods(cluster.kubeconfigFor('alice'), namespace), 200);
  equal(await statusOfPods(cluster.kubeconfigFor('bob'), namespace), 403);
});

test('shared control plane makes ServiceAccounts that RBAC restricts', async () => {
  const namespace = await cluster.freshNamespace();
  const kubeconfig = await cluster.serviceAccountKubeconfig({ namespace, name: 'robot' });
  equal(await statusOfPods(kubeconfig, namespace), 403);
});
