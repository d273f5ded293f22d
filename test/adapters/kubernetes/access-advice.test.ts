/** What an access advises stands in the hint, where the API server refuses it and where it does not answer. */
import { equal, match, ok, rejects } from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { connectCluster } from '../../../lib/adapters/kubernetes/connect-cluster.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { configMap } from './api-double.ts';

async function connect(t: TestContext) {
  const server = createServer((_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ kind: 'Status', message: 'Unauthorized', code: 401 }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const advice = { unauthorized: 'Let me in.', unreachable: 'Move closer.' };
  const access = {
    current: async () => ({ origin, prefix: '', tls: {}, headers: {}, advice }),
    renew: () => undefined,
  };
  const cluster = connectCluster({ name: 'lab', access, userAgent: 'trueup/test', limits: { attempts: 1 } });
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  t.after(async () => {
    await cluster.close();
    await close();
  });
  return { cluster, close };
}

function faultWith(code: string, hint: RegExp) {
  return (error: unknown) => {
    ok(error instanceof Fault);
    equal(error.code, code);
    match(error.hint, hint);
    match(error.report().hint, hint);
    return true;
  };
}

test('access-advice is given to who is refused', async (t) => {
  const { cluster } = await connect(t);
  const refused = faultWith('cluster.unauthorized', /^Renew the kubeconfig .* Let me in\.$/);
  await rejects(cluster.facts(), refused);
  await rejects(cluster.apply(configMap('web'), { dryRun: true }), refused);
});

test('access-advice is given where nobody answers', async (t) => {
  const { cluster, close } = await connect(t);
  await close();
  await rejects(cluster.facts(), faultWith('cluster.unreachable', /^Check the endpoint .* Move closer\.$/));
});
