/** The local control plane behaves as a real one: pods run, RBAC says no, changes are told, crashes are survived. */
import { deepEqual, equal, match, notEqual, ok, rejects, throws } from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiRequest } from '../../../../infra/local/control-plane/api-request.ts';
import type { ControlPlane, ControlPlaneOptions } from '../../../../infra/local/control-plane/control-plane.ts';
import { readKubeconfig } from '../../../../infra/local/control-plane/kubeconfig.ts';
import { startControlPlane } from '../../../../infra/local/control-plane/start-control-plane.ts';

const folder = mkdtempSync(join(tmpdir(), 'trueup-test-'));
const heard: AuditEvent[] = [];
const receiver = createServer(async (request, response) => {
  if (request.url?.startsWith('/audit/secret-path')) heard.push(...JSON.parse(await text(request)).items);
  response.end();
});
let options: ControlPlaneOptions;
let controlPlane: ControlPlane;

type AuditEvent = {
  verb: string;
  user: { username: string };
  objectRef: { resource: string; name: string };
  responseObject?: unknown;
};

before(async () => {
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  const address = receiver.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/audit/secret-path`;
  options = {
    folder,
    users: [
      { name: 'alice', groups: ['system:masters'] },
      { name: 'bob', groups: [] },
    ],
    auditWebhook: { url },
    auditLog: true,
    pods: 'simulated',
  };
  controlPlane = await startControlPlane(options);
});

after(async () => {
  await controlPlane.remove();
  receiver.close();
  equal(existsSync(folder), false);
});

const request = async (path: string, more: Parameters<typeof apiRequest>[2] = {}, user = 'admin') =>
  apiRequest(await readKubeconfig(controlPlane.kubeconfigFor(user)), path, more);
const read = async (path: string) => JSON.parse((await request(path)).body);
const deployments = '/apis/apps/v1/namespaces/default/deployments';

async function deploy(name: string, labels: Record<string, string> = {}) {
  const podLabels = { app: name, ...labels };
  const spec = {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: podLabels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
  };
  equal(
    (
      await request(deployments, {
        method: 'POST',
        body: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec },
      })
    ).status,
    201,
  );
}

async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(100);
  }
  throw new Error(`waited in vain until ${what}`);
}

test('control-plane runs the pods of a Deployment', async () => {
  await deploy('web');
  await until(
    async () => ((await read(`${deployments}/web`)).status.readyReplicas === 2 ? true : undefined),
    'two pods are ready',
  );
});

for (const [label, reason] of [
  ['crash-loop', 'CrashLoopBackOff'],
  ['image-pull', 'ImagePullBackOff'],
] as const) {
  test(`control-plane lets a pod fail with ${reason} when its label asks for it`, async () => {
    await deploy(label, { simulate: label });
    const pods = `/api/v1/namespaces/default/pods?labelSelector=app%3D${label}`;
    const waiting = await until(
      async () => (await read(pods)).items[0]?.status.containerStatuses?.[0].state.waiting,
      'it waits',
    );
    equal(waiting.reason, reason);
    equal((await read(`${deployments}/${label}`)).status.readyReplicas, undefined);
  });
}

test('control-plane tells the audit webhook who changed what, within a second', async () => {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'heard' } };
  equal((await request('/api/v1/namespaces/default/configmaps', { method: 'POST', body }, 'alice')).status, 201);
  const sentMs = performance.now();
  const event = await until(() => heard.find(({ objectRef }) => objectRef.name === 'heard'), 'the event is heard');
  ok(performance.now() - sentMs < 1000);
  deepEqual([event.verb, event.user.username, event.objectRef.resource], ['create', 'alice', 'configmaps']);
  ok(event.responseObject);
  match(readFileSync(join(folder, 'logs', 'audit.log'), 'utf8'), /"username":"alice"/);
});

test('control-plane never tells the audit webhook what is in a Secret', async () => {
  const body = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'hidden' },
    stringData: { password: 'correct horse' },
  };
  equal((await request('/api/v1/namespaces/default/secrets', { method: 'POST', body })).status, 201);
  const event = await until(() => heard.find(({ objectRef }) => objectRef.name === 'hidden'), 'the event is heard');
  equal(event.responseObject, undefined);
});

test('control-plane lets RBAC decide', async () => {
  equal((await request('/api/v1/namespaces/default/pods', {}, 'bob')).status, 403);
  const robot = await readKubeconfig(
    await controlPlane.serviceAccountKubeconfig({ namespace: 'default', name: 'robot' }),
  );
  equal((await apiRequest(robot, '/api/v1/namespaces/default/pods')).status, 403);
  const subjects = [{ kind: 'ServiceAccount', namespace: 'default', name: 'robot' }];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'robot' },
    subjects,
    roleRef,
  };
  equal(
    (
      await request('/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings', {
        method: 'POST',
        body: binding,
      })
    ).status,
    201,
  );
  await until(
    async () => ((await apiRequest(robot, '/api/v1/namespaces/default/pods')).status === 200 ? true : undefined),
    'robot may',
  );
});

test('control-plane knows no user it was not told of', () => {
  throws(() => controlPlane.kubeconfigFor('mallory'), { code: 'local.unknown_user' });
});

test('control-plane counts its requests for the bench', async () => {
  match((await request('/metrics')).body, /^apiserver_request_total\{.*verb="POST".*\} \d+$/m);
});

test('control-plane comes back at the same address after its API server was killed', async () => {
  const { 'kube-apiserver': before } = controlPlane.pids;
  await controlPlane.stopApiServer();
  await rejects(request('/readyz'));
  await controlPlane.startApiServer();
  notEqual(controlPlane.pids['kube-apiserver'], before);
  equal((await read(`${deployments}/web`)).metadata.name, 'web');
});

test('control-plane still has its objects and its address when it is started again over the same folder', async () => {
  const { server } = controlPlane;
  const { uid } = (await read(`${deployments}/web`)).metadata;
  await controlPlane.stop();
  controlPlane = await startControlPlane(options);
  equal(controlPlane.server, server);
  equal((await read(`${deployments}/web`)).metadata.uid, uid);
});
