/** The open connections to one API server: one HTTP/2 connection for requests, another for watches. */
import { isDeepStrictEqual } from 'node:util';
import { type Dispatcher, Pool, ProxyAgent, Socks5ProxyAgent } from 'undici';
import type { Access } from '../../ports/cluster-access.ts';
import type { Limits } from './limits.ts';

/**
 * Watches have their own connection: HTTP/2 gives all streams of a connection one window, so a watch whose reader is
 * busy would stop the very requests that reader is waiting for.
 */
export type Lane = 'requests' | 'watches';

export interface Dispatchers {
  for(access: Access, lane: Lane): Dispatcher;
  close(): Promise<void>;
}

export function openDispatchers(limits: Limits): Dispatchers {
  let open: { access: Access; lanes: Record<Lane, Dispatcher> } | undefined;
  const retired = new Set<Promise<unknown>>();

  function retire(lanes: Record<Lane, Dispatcher>) {
    for (const lane of Object.values(lanes)) {
      const closing = lane.close().finally(() => retired.delete(closing));
      retired.add(closing);
    }
  }

  return {
    for(access, lane) {
      if (open === undefined || !sameEndpoint(open.access, access)) {
        if (open !== undefined) retire(open.lanes);
        open = { access, lanes: { requests: dispatcher(access, limits), watches: dispatcher(access, limits) } };
      }
      return open.lanes[lane];
    },
    async close() {
      const lanes = open === undefined ? [] : Object.values(open.lanes);
      open = undefined;
      await Promise.all([...lanes.map((lane) => lane.destroy()), ...retired]);
    },
  };
}

function sameEndpoint(a: Access, b: Access): boolean {
  return a.origin === b.origin && a.proxy === b.proxy && isDeepStrictEqual(a.tls, b.tls);
}

function dispatcher({ origin, tls, proxy }: Access, limits: Limits): Dispatcher {
  const options = {
    allowH2: true,
    h2Options: { connectionWindowSize: 16 * 1024 * 1024, pingInterval: 30_000 },
    keepAliveTimeout: 60_000,
  };
  // The load balancers of managed clusters drop idle connections after 60 s without a word.
  const connect = { ...tls, timeout: limits.connectMs, keepAliveInitialDelay: 30_000 };
  if (proxy === undefined) return new Pool(origin, { ...options, connect });
  if (proxy.startsWith('socks')) return new Socks5ProxyAgent(proxy, { ...options, requestTls: connect });
  return new ProxyAgent({ ...options, uri: proxy, requestTls: connect });
}
