/** Requests are sent again where that can help, in time, and with credentials that count. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { connectCluster } from '../../../lib/adapters/kubernetes/connect-cluster.ts';
import { kubeconfigAccess } from '../../../lib/adapters/kubernetes/kubeconfig-access.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { apiDouble, configMap, type Reply, status, writeKubeconfig } from './api-double.ts';

const json = { 'content-type': 'application/json' };

function cutOff(response: ServerResponse): void {
  response.writeHead(200, { ...json, 'content-length': 100 }).write('{"kind":', () => response.destroy());
}

const web = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web' };
const faultWith =
  (code: string, words = /./) =>
  (error: unknown) =>
    error instanceof Fault && error.code === code && words.test(error.message);

for (const { it, first } of [
  { it: 'an API server that is too busy', first: status(429, 'too many requests') },
  { it: 'a leader election in etcd', first: status(500, 'etcdserver: leader changed') },
  { it: 'a gateway without a server behind it', first: { status: 502, json: 'Bad Gateway' } },
  { it: 'a connection that breaks', first: { hold: (response) => response.destroy() } },
  { it: 'an answer that is no JSON', first: { hold: (response) => response.writeHead(200, json).end('<html>') } },
  { it: 'an answer that is cut off', first: { hold: (response) => cutOff(response) } },
] satisfies { it: string; first: Reply }[]) {
  test(`request outlasts ${it}`, async (t) => {
    const answers: Reply[] = [first, first, { json: configMap('web') }];
    const { cluster } = await apiDouble(t, () => answers.shift() ?? status(500, 'asked too often'));
    equal((await cluster.read(web))?.metadata.name, 'web');
  });
}

test('request that is never answered readably ends as a cluster that cannot be reached', async (t) => {
  const { cluster, asked } = await apiDouble(t, () => ({
    hold: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>'),
  }));
  await rejects(cluster.read(web), faultWith('cluster.unreachable', /the answer cannot be read/));
  equal(asked.filter(({ path }) => path.includes('configmaps')).length, 4);
});

test('request waits as long as Retry-After says', async (t) => {
  const busy: Reply = { ...status(429, 'busy'), headers: { 'retry-after': '0.3' }, json: {} };
  const answers: Reply[] = [busy, { json: configMap('web') }];
  const { cluster } = await apiDouble(t, () => answers.shift() ?? busy);
  const start = performance.now();
  await cluster.read(web);
  ok(performance.now() - start > 290);
});

test('request told to wait longer than it may take says what was answered, at once', async (t) => {
  const busy: Reply = { ...status(429, 'too many requests'), headers: { 'retry-after': '60' } };
  const { cluster, asked } = await apiDouble(t, () => busy);
  const start = performance.now();
  await rejects(cluster.read(web), faultWith('cluster.failed', /answered 429: too many requests/));
  ok(performance.now() - start < 1_500);
  equal(asked.filter(({ path }) => path.includes('configmaps')).length, 1);
});

test('request gives up after some attempts and says what was answered', async (t) => {
  const { cluster, asked } = await apiDouble(t, () => status(503, 'apiserver is shutting down'));
  await rejects(cluster.read(web), faultWith('cluster.failed', /answered 503: apiserver is shutting down/));
  equal(asked.filter(({ path }) => path.includes('configmaps')).length, 4);
});

test('request does not repeat what will be refused again', async (t) => {
  const { cluster, asked } = await apiDouble(t, () =>
    status(500, 'failed to create typed patch object (shop/web; v1, Kind=ConfigMap): .x: field not declared in schema'),
  );
  await rejects(cluster.apply({ ...configMap('web') }, { dryRun: true }), faultWith('apply.invalid'));
  equal(asked.filter(({ method }) => method === 'PATCH').length, 1);
});

test('request says when there is no answer in time', async (t) => {
  const { cluster } = await apiDouble(t, () => ({ hold: () => undefined }), { limits: { requestMs: 50 } });
  await rejects(cluster.read(web), faultWith('cluster.unreachable', /no answer in time/));
});

test('request says when nothing listens', async (t) => {
  const { cluster, folder } = await apiDouble(t, () => ({ json: {} }));
  await cluster.facts();
  await writeKubeconfig(folder, { url: `http://127.0.0.1:${await freePort()}`, user: {} });
  const moved = connectCluster({
    name: 'lab',
    access: kubeconfigAccess({ cluster: 'lab', path: join(folder, 'kubeconfig') }),
    userAgent: 'trueup/test',
  });
  t.after(() => moved.close());
  await rejects(
    moved.read(web),
    faultWith('cluster.unreachable', /lab does not answer: nothing listens at the address/),
  );
  ok(await cluster.facts(), 'one that was open before is not disturbed');
});

test('request reads a changed kubeconfig when its token is refused, once', async (t) => {
  const double = await apiDouble(t, ({ headers }) =>
    headers.authorization === 'Bearer secret-2' ? { json: configMap('web') } : status(401, 'Unauthorized'),
  );
  await rejects(double.cluster.read(web), faultWith('cluster.unauthorized'));
  const refused = double.asked.filter(({ path }) => path.includes('configmaps')).length;
  equal(refused, 2);
  await writeKubeconfig(double.folder, { url: double.url, user: { token: 'secret-2' } });
  equal((await double.cluster.read(web))?.metadata.name, 'web');
});

test('request sends the token of a token file, without its line end, and its new one after a refusal', async (t) => {
  let valid = 'one';
  const missing = await apiDouble(t, () => status(500, 'unused'), { user: { tokenFile: './token' } });
  await rejects(missing.cluster.read(web), faultWith('cluster.kubeconfig_invalid', /token/));

  const opened = await apiDouble(t, () => status(500, 'unused'));
  const token = join(opened.folder, 'token');
  await writeFile(token, 'one\n');
  const { cluster } = await apiDouble(
    t,
    ({ headers }) => (headers.authorization === `Bearer ${valid}` ? { json: configMap('web') } : status(401, 'no')),
    { user: { tokenFile: token } },
  );
  equal((await cluster.read(web))?.metadata.name, 'web');
  valid = 'two';
  await writeFile(token, 'two\n');
  equal((await cluster.read(web))?.metadata.name, 'web');
});

test('request names us, and impersonates whom the kubeconfig says', async (t) => {
  const user = { token: 't', as: 'ann', 'as-groups': ['team', 'ops'] };
  const { cluster, asked } = await apiDouble(t, () => ({ json: configMap('web') }), { user });
  await cluster.read(web);
  const { headers } = asked.at(-1) ?? {};
  equal(headers?.['user-agent'], 'trueup/test');
  equal(headers?.['impersonate-user'], 'ann');
  equal(headers?.['impersonate-group'], 'team, ops');
});

test('request keeps no more under way at once than allowed', async (t) => {
  let now = 0;
  let most = 0;
  const slow: Reply = {
    hold: (response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(configMap('web')));
      }, 5);
    },
  };
  const { cluster } = await apiDouble(t, () => slow, { limits: { parallel: 3 } });
  await Promise.all(Array.from({ length: 20 }, () => cluster.read(web)));
  equal(most, 3);
});

test('request encodes names, and refuses those that would leave their path', async (t) => {
  const { cluster, asked } = await apiDouble(t, () => ({ json: configMap('web') }));
  await cluster.read({ ...web, name: 'system:a b' });
  equal(asked.at(-1)?.path, '/api/v1/namespaces/shop/configmaps/system%3Aa%20b');
  const before = asked.length;
  for (const name of ['', '.', '..', 'a/b', 'a%2Fb']) {
    await rejects(
      cluster.remove({ ...web, name }, { uid: 'u', propagation: 'Background' }),
      faultWith('apply.invalid', /metadata.name/),
    );
    await rejects(cluster.read({ ...web, namespace: name || '..' }), faultWith('apply.invalid', /metadata.namespace/));
  }
  equal(asked.length, before);
});

test('request applies and removes with the conditions and the manager that protect others', async (t) => {
  const { cluster, asked } = await apiDouble(t, () => ({ json: configMap('web') }));
  await cluster.apply({ ...configMap('web'), data: { a: '1' } }, { dryRun: true });
  const applied = asked.at(-1);
  equal(applied?.headers['content-type'], 'application/apply-patch+yaml');
  deepEqual(applied?.query, { fieldManager: 'trueup', force: 'true', fieldValidation: 'Strict', dryRun: 'All' });
  match(applied?.body ?? '', /"resourceVersion":"1"/);
  await cluster.remove(web, { uid: 'u-1', propagation: 'Foreground' });
  deepEqual(JSON.parse(asked.at(-1)?.body ?? ''), {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    preconditions: { uid: 'u-1' },
    propagationPolicy: 'Foreground',
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
