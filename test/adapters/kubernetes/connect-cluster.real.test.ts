/** The Kubernetes adapter keeps a cluster's promises on a real API server, and says who may not. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { connectCluster } from '../../../lib/adapters/kubernetes/connect-cluster.ts';
import { kubeconfigAccess } from '../../../lib/adapters/kubernetes/kubeconfig-access.ts';
import type { FaultCode } from '../../../lib/core/fault/catalogue.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { clusterContract } from '../../contracts/cluster.contract.ts';
import { sharedControlPlane } from '../../support/control-plane.ts';

const plane = sharedControlPlane();

async function connect(t: TestContext, kubeconfig = plane.kubeconfig) {
  const cluster = connectCluster({
    name: 'lab',
    access: kubeconfigAccess({ cluster: 'lab', path: kubeconfig }),
    userAgent: 'trueup/test',
  });
  t.after(() => cluster.close());
  return cluster;
}

clusterContract('kubernetes', async (t) => ({ cluster: await connect(t), namespace: await plane.freshNamespace() }));

function faultOf(code: FaultCode, facts: Record<string, unknown> = {}) {
  return (error: unknown) => {
    ok(error instanceof Fault, String(error));
    equal(error.code, code, error.message);
    for (const [name, value] of Object.entries(facts)) deepEqual(error.facts[name], value, name);
    return true;
  };
}

const configMap = (namespace: string): KubernetesObject => {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace } };
};
const refTo = (namespace: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'web' });

/** The kubeconfig of the control plane with one thing changed. */
async function changedKubeconfig(t: TestContext, change: (text: string) => string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'kubeconfig');
  await writeFile(path, change(await readFile(plane.kubeconfig, 'utf8')));
  return path;
}

test('connect-cluster: an account without rights is told the verb, the resource and the namespace', async (t) => {
  const namespace = await plane.freshNamespace();
  const cluster = await connect(t, await plane.serviceAccountKubeconfig({ namespace, name: 'nobody' }));
  const kind = (await cluster.facts()).kinds.find((one) => one.kind === 'ConfigMap');
  ok(kind);
  const facts = (verb: string) => ({ cluster: 'lab', verb, resource: 'configmaps', namespace });
  const forbidden = (verb: string) => faultOf('cluster.forbidden', facts(verb));
  await rejects(cluster.read(refTo(namespace)), forbidden('get'));
  await rejects(cluster.apply(configMap(namespace), { dryRun: true }), forbidden('patch'));
  await rejects(cluster.remove(refTo(namespace), { uid: 'any', propagation: 'Background' }), forbidden('delete'));
  await rejects(cluster.list(kind, { namespace }), forbidden('list'));
  await rejects(cluster.list(kind, {}), faultOf('cluster.forbidden', { namespace: '', where: 'the whole cluster' }));
  const watch = cluster.changes(kind, { from: '1', namespace, quietMs: 100 });
  await rejects(Array.fromAsync(watch), forbidden('watch'));
  const log = cluster.podLog({ namespace, name: 'web', container: 'c' }, 1);
  await rejects(log, faultOf('cluster.forbidden', { resource: 'pods/log', verb: 'get' }));
});

test('connect-cluster: a token that is not valid is unauthorized', async (t) => {
  const path = await changedKubeconfig(t, (text) => text.replace(/"token": "[^"]*"/, '"token": "wrong"'));
  const cluster = await connect(t, path);
  await rejects(cluster.facts(), faultOf('cluster.unauthorized'));
});

test('connect-cluster: an API server with another certificate is not spoken to', async (t) => {
  const drop = (text: string) => text.replace(/"certificate-authority-data": "[^"]*"/, '"unused": ""');
  const cluster = await connect(t, await changedKubeconfig(t, drop));
  await rejects(cluster.facts(), faultOf('cluster.unreachable'));
});

test('connect-cluster: an address where nobody listens is unreachable', async (t) => {
  const path = await changedKubeconfig(t, (text) => text.replace(/https:\/\/127\.0\.0\.1:\d+/, 'https://127.0.0.1:1'));
  await rejects((await connect(t, path)).facts(), faultOf('cluster.unreachable', { cluster: 'lab' }));
});

for (const { it, change, because } of [
  { it: 'no YAML', change: () => '{', because: /./ },
  { it: 'no kubeconfig', change: () => 'a: 1', because: /contexts/ },
  {
    it: 'a context that is not there',
    change: (text: string) => text.replace(/"current-context": "[^"]*"/, '"current-context": "prod"'),
    because: /no context named "prod", only: /,
  },
]) {
  test(`connect-cluster: a kubeconfig with ${it} is named when it is first needed`, async (t) => {
    const path = await changedKubeconfig(t, change);
    const invalid = faultOf('cluster.kubeconfig_invalid', { path });
    await rejects(
      (await connect(t, path)).facts(),
      (error) => invalid(error) && error instanceof Fault && because.test(error.message),
    );
  });
}

test('connect-cluster: a kubeconfig that is not there is named when it is first needed', async (t) => {
  await rejects(
    (await connect(t, '/nowhere/kubeconfig')).facts(),
    faultOf('cluster.kubeconfig_invalid', { path: '/nowhere/kubeconfig' }),
  );
});

test('connect-cluster: the proxy of the kubeconfig is used, and the certificate behind it still checked', async (t) => {
  const tunnels: string[] = [];
  const proxy = createServer().on('connect', (request: IncomingMessage, socket: Duplex) => {
    tunnels.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    const onward = connectTcp(Number(port), host ?? '', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  t.after(() => proxy.close());
  const address = proxy.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const through = (text: string) => text.replace('"server":', `"proxy-url": "http://127.0.0.1:${port}", "server":`);
  const cluster = await connect(t, await changedKubeconfig(t, through));
  ok((await cluster.facts()).kinds.length > 0);
  const host = new URL(plane.server).host;
  ok(tunnels.length > 0 && tunnels.every((tunnel) => tunnel === host), tunnels.join());
  await cluster.close();
  const strange = (text: string) => through(text).replace(/"certificate-authority-data": "[^"]*"/, '"unused": ""');
  const distrusting = await connect(t, await changedKubeconfig(t, strange));
  await rejects(distrusting.facts(), faultOf('cluster.unreachable'));
});

test('connect-cluster: an exec plugin gives the token, again when the old one is refused, and its failure is told', async (t) => {
  const { token } = /"token": "(?<token>[^"]*)"/.exec(await readFile(plane.kubeconfig, 'utf8'))?.groups ?? {};
  const plugin = `
    const { readFileSync, appendFileSync } = require('node:fs');
    const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
    if (info.kind !== 'ExecCredential' || info.spec.interactive !== false) process.exit(3);
    appendFileSync(__dirname + '/calls', 'x');
    const token = readFileSync(__dirname + '/token', 'utf8');
    if (token === '') { console.error('log in first'); process.exit(1); }
    console.log(JSON.stringify({ apiVersion: info.apiVersion, kind: 'ExecCredential', status: { token } }));`;
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['PLUGIN'] };
  const path = await changedKubeconfig(t, (text) =>
    text.replace(/"token": "[^"]*"/, `"exec": ${JSON.stringify(exec)}`),
  );
  const folder = join(path, '..');
  await writeFile(path, (await readFile(path, 'utf8')).replace('PLUGIN', join(folder, 'plugin.cjs')));
  await writeFile(join(folder, 'plugin.cjs'), plugin);
  await writeFile(join(folder, 'token'), 'expired');
  const cluster = await connect(t, path);
  await rejects(cluster.facts(), faultOf('cluster.unauthorized'));
  await writeFile(join(folder, 'calls'), '');
  await writeFile(join(folder, 'token'), token ?? '');
  ok(await cluster.facts());
  await Promise.all(Array.from({ length: 10 }, () => cluster.read(refTo('default'))));
  equal(await readFile(join(folder, 'calls'), 'utf8'), 'x', 'after the 401, not for every request');
  await writeFile(join(folder, 'token'), '');
  await rejects(
    (await connect(t, path)).facts(),
    faultOf('cluster.unauthorized', { because: `the exec plugin ${process.execPath} failed: log in first` }),
  );
});

const definition = (name: string): KubernetesObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${name}s.${name}.trueup.dev` },
  spec: {
    group: `${name}.trueup.dev`,
    scope: 'Namespaced',
    names: { plural: `${name}s`, singular: name, kind: 'Widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: {} } } } },
      },
    ],
  },
});

test('connect-cluster: a kind defined just now is found, its old positions are EXPIRED, and it can go again', async (t) => {
  const namespace = await plane.freshNamespace();
  const cluster = await connect(t);
  await cluster.facts();
  const name = `w${namespace.replaceAll('-', '')}`;
  const made = await cluster.apply(definition(name), { dryRun: false });
  const apiVersion = `${name}.trueup.dev/v1`;
  const widget = { apiVersion, kind: 'Widget', metadata: { name: 'one', namespace } };
  await until(async () => (await cluster.facts({ fresh: true })).apiVersions.includes(apiVersion));
  await until(async () => (await cluster.apply(widget, { dryRun: false }).catch(() => null)) !== null);
  const kind = (await cluster.facts()).kinds.find((one) => one.apiVersion === apiVersion);
  ok(kind);
  deepEqual(await Array.fromAsync(cluster.changes(kind, { from: '1', quietMs: 2_000 })), [{ type: 'EXPIRED' }]);

  const ref = { apiVersion: made.apiVersion, kind: made.kind, namespace: '', name: made.metadata.name };
  await cluster.remove(ref, { uid: made.metadata.uid ?? '', propagation: 'Background' });
  // Discovery still remembers the kind: the server's 404 decides.
  await until(async () => (await cluster.read({ apiVersion, kind: 'Widget', namespace, name: 'one' })) === null);
  await until(async () => (await codeOf(cluster.list(kind, {}))) === 'cluster.kind_gone');
  equal(await codeOf(cluster.apply(widget, { dryRun: true })), 'cluster.unknown_kind');
});

test('connect-cluster: a thousand rehearsals at once all come back', async (t) => {
  const namespace = await plane.freshNamespace();
  const cluster = await connect(t);
  const rehearse = (_: unknown, index: number) => {
    const object = configMap(namespace);
    return cluster.apply({ ...object, metadata: { ...object.metadata, name: `c${index}` } }, { dryRun: true });
  };
  const done = await Promise.all(Array.from({ length: 1_000 }, rehearse));
  equal(new Set(done.map(({ metadata }) => metadata.name)).size, 1_000);
});

async function codeOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'none',
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  );
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  for (let tried = 0; tried < 100; tried += 1) {
    if (await reached()) return;
    await pause(100);
  }
  throw new Error('it did not come about within ten seconds');
}
