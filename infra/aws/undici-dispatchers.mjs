/**
 * What the functions use of undici, in place of its index, which also loads its fetch, WebSocket, caches and mocks: half
 * of the code, and 100 ms of the start of sync. Built in only by lean-bundle.ts; a file that undici moved ends the build.
 */
import * as api from 'undici/lib/api/index.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';

export { default as Agent } from 'undici/lib/dispatcher/agent.js';
export { default as Pool } from 'undici/lib/dispatcher/pool.js';
export { default as ProxyAgent } from 'undici/lib/dispatcher/proxy-agent.js';
export { default as Socks5ProxyAgent } from 'undici/lib/dispatcher/socks5-proxy-agent.js';
/** Node's own, for what client-node imports and esbuild then leaves out. */
export const { fetch } = globalThis;

// As its index does: `request` and the like.
Object.assign(Dispatcher.prototype, api);
