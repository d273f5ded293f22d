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
  /** Nothing came in time: whoever comes next gets another connection. */
  distrust(lane: Lane): void;
  close(): Promise<void>;
}

type Opened = { dispatcher: Dispatcher; usedAt: number };

export function openDispatchers(limits: Limits): Dispatchers {
  let open: { access: Access; lanes: Map<Lane, Opened> } | undefined;
  const retired = new Set<Dispatcher>();

  /** What is under way on it may end. */
  function retire({ dispatcher }: Opened) {
    retired.add(dispatcher);
    const end = () => retired.delete(dispatcher);
    dispatcher.close().then(end, end);
  }

  return {
    for(access, lane) {
      if (open === undefined || !sameEndpoint(open.access, access)) {
        open?.lanes.forEach(retire);
        open = { access, lanes: new Map() };
      }
      const { lanes } = open;
      const known = lanes.get(lane);
      const usedAt = Date.now();
      if (known !== undefined && !isStale(known, usedAt, limits)) {
        known.usedAt = usedAt;
        return known.dispatcher;
      }
      if (known !== undefined) retire(known);
      const opened = { dispatcher: openDispatcher(access, limits), usedAt };
      lanes.set(lane, opened);
      return opened.dispatcher;
    },
    distrust(lane) {
      const known = open?.lanes.get(lane);
      if (known === undefined) return;
      open?.lanes.delete(lane);
      retire(known);
    },
    async close() {
      const opened = [...(open?.lanes.values() ?? [])].map(({ dispatcher }) => dispatcher);
      open = undefined;
      await Promise.all([...opened, ...retired].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/**
 * By the wall clock: while a function is frozen no timer runs, no PING is sent, and what the load balancer says of the end
 * of the connection reaches nobody. The first request on it would wait for an answer until its own time is over.
 */
function isStale({ dispatcher, usedAt }: Opened, now: number, { idleMs }: Limits): boolean {
  if (now - usedAt < idleMs) return false;
  return !(dispatcher instanceof Pool) || dispatcher.stats.size === 0;
}

function sameEndpoint(a: Access, b: Access): boolean {
  return a.origin === b.origin && a.proxy === b.proxy && isDeepStrictEqual(a.tls, b.tls);
}

function openDispatcher({ origin, tls, proxy }: Access, limits: Limits): Dispatcher {
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
