/**
 * An API server for ConfigMaps that takes so many requests at once and answers 429 to the others, and to every twentieth whatever
 * else it does, since a slow machine makes no bursts; it counts who does not wait.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOn } from '../support/listen-on.ts';

export type BusyApiServer = {
  url: string;
  /** What was applied, by its path. */
  objects: ReadonlyMap<string, unknown>;
  seen: {
    requests: number;
    /** The most under way at one moment. */
    most: number;
    turnedAway: number;
    /** Sent again before Retry-After was over. */
    impatient: number;
  };
};

const takesMs = 10;
const retryAfterS = 1;
const every = 20;

export async function busyApiServer(t: TestContext, { atOnce }: { atOnce: number }): Promise<BusyApiServer> {
  const objects = new Map<string, unknown>();
  const welcomeAt = new Map<string, number>();
  const seen: BusyApiServer['seen'] = { requests: 0, most: 0, turnedAway: 0, impatient: 0 };
  let underWay = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const what = `${request.headers['user-agent']} ${request.method} ${request.url} ${body}`;
    seen.requests += 1;
    if ((welcomeAt.get(what) ?? 0) > Date.now()) seen.impatient += 1;
    welcomeAt.delete(what);
    if (underWay >= atOnce || seen.requests % every === 0) {
      seen.turnedAway += 1;
      welcomeAt.set(what, Date.now() + retryAfterS * 1000);
      return answer(response, 429, refusal(429, 'Too many requests, please try again later.'), {
        'retry-after': retryAfterS,
      });
    }
    underWay += 1;
    seen.most = Math.max(seen.most, underWay);
    await sleep(takesMs);
    underWay -= 1;
    const [status, said] = reply(request, body);
    return answer(response, status, said);
  });

  function reply({ method, url = '' }: IncomingMessage, body: string): [status: number, body: unknown] {
    const { pathname, searchParams } = new URL(url, 'http://double');
    const known = discovery[pathname];
    if (known !== undefined) return [200, known];
    const live = objects.get(pathname);
    if (method === 'PATCH') {
      const applied = { ...JSON.parse(body) };
      const isRehearsed = searchParams.has('dryRun');
      const version = isRehearsed ? {} : { resourceVersion: String(seen.requests) };
      applied.metadata = { ...applied.metadata, uid: `uid of ${pathname}`, ...version };
      if (!isRehearsed) objects.set(pathname, applied);
      return [live === undefined ? 201 : 200, applied];
    }
    if (pathname.endsWith('/configmaps')) {
      return [200, { kind: 'ConfigMapList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: [] }];
    }
    return live === undefined ? [404, refusal(404, 'not found')] : [200, live];
  }

  return { url: await listenOn(server, t), objects, seen };
}

const resource = {
  resource: 'configmaps',
  responseKind: { kind: 'ConfigMap' },
  scope: 'Namespaced',
  verbs: ['get', 'list', 'watch', 'patch', 'delete'],
};
const discovery: Readonly<Record<string, unknown>> = {
  '/version': { gitVersion: 'v1.36.3' },
  '/api': {
    kind: 'APIGroupDiscoveryList',
    items: [{ metadata: {}, versions: [{ version: 'v1', resources: [resource] }] }],
  },
  '/apis': { kind: 'APIGroupDiscoveryList', items: [] },
};

function refusal(code: number, message: string) {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code };
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, number> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
