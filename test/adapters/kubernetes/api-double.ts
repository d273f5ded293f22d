/** An HTTP server that answers as the test says, and a kubeconfig that leads to it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { type ConnectedCluster, connectCluster } from '../../../lib/adapters/kubernetes/connect-cluster.ts';
import { kubeconfigAccess } from '../../../lib/adapters/kubernetes/kubeconfig-access.ts';
import type { Limits } from '../../../lib/adapters/kubernetes/limits.ts';
import { isRecord } from '../../../lib/adapters/kubernetes/parse-object.ts';
import type { ServedKind } from '../../../lib/ports/cluster.ts';

export type Asked = {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: string;
};

/** A status and JSON; `hold` writes the response itself. */
export type Reply =
  | { status?: number; json: unknown; headers?: Record<string, string> }
  | { hold: (response: ServerResponse) => void };

export type Double = { cluster: ConnectedCluster; asked: Asked[]; url: string; folder: string; kubeconfig: string };

export const configMaps: ServedKind = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
  verbs: ['get', 'list', 'watch', 'patch', 'delete'],
};

/** `reply` is asked for everything but discovery, which knows ConfigMaps. */
export async function apiDouble(
  t: TestContext,
  reply: (asked: Asked) => Reply,
  options: { limits?: Partial<Limits>; user?: unknown; discovery?: (asked: Asked) => Reply } = {},
): Promise<Double> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const one = await read(request);
    asked.push(one);
    const known = ['/version', '/api', '/apis'].includes(one.path);
    send(response, known ? (options.discovery ?? discover)(one) : reply(one));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${isRecord(address) ? address.port : ''}`;
  const folder = await mkdtemp(join(tmpdir(), 'trueup-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const kubeconfig = await writeKubeconfig(folder, { url, user: options.user ?? { token: 'secret-1' } });
  const limits = { backoffMs: 1, requestMs: 20_000, ...options.limits };
  const cluster = connectCluster({
    name: 'lab',
    access: kubeconfigAccess({ cluster: 'lab', path: kubeconfig }),
    userAgent: 'trueup/test',
    limits,
  });
  t.after(() => cluster.close());
  return { cluster, asked, url, folder, kubeconfig };
}

export async function writeKubeconfig(folder: string, { url, user }: { url: string; user: unknown }): Promise<string> {
  const path = join(folder, 'kubeconfig');
  const content = {
    'current-context': 'lab',
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'me' } }],
    clusters: [{ name: 'lab', cluster: { server: url } }],
    users: [{ name: 'me', user }],
  };
  await writeFile(path, JSON.stringify(content));
  return path;
}

async function read(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '/', 'http://double');
  const body = (await buffer(request)).toString();
  const path = (request.url ?? '').split('?')[0] ?? '';
  return {
    method: request.method ?? '',
    path,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body,
  };
}

function send(response: ServerResponse, reply: Reply): void {
  if ('hold' in reply) {
    reply.hold(response);
    return;
  }
  response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
  response.end(JSON.stringify(reply.json));
}

function discover({ path }: Asked): Reply {
  if (path === '/version') return { json: { gitVersion: 'v1.36.3' } };
  const resources = [
    {
      resource: configMaps.plural,
      responseKind: { kind: configMaps.kind },
      scope: 'Namespaced',
      verbs: configMaps.verbs,
    },
  ];
  const items = path === '/api' ? [{ metadata: {}, versions: [{ version: 'v1', resources }] }] : [];
  return { json: { kind: 'APIGroupDiscoveryList', items } };
}

export function status(code: number, message: string, more: Record<string, unknown> = {}): Reply {
  return { status: code, json: { kind: 'Status', message, code, ...more } };
}

export function configMap(name: string, resourceVersion = '1') {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', resourceVersion } };
}
