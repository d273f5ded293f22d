/** Listens on a port until it is closed. */
import type { Server } from 'node:http';
import { type HttpBindings, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { Fault } from '../../lib/core/fault/fault.ts';

export type Listening = { url: string; close(): Promise<void> };

const closeWithinMs = 5000;

/** `port` 0 takes any that is free. Fault config.port_taken. */
export function listen(
  app: Hono<{ Bindings: HttpBindings }>,
  { address, port }: { address: string; port: number },
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: address, port }, (info) => {
      const host = info.address.includes(':') ? `[${info.address}]` : info.address;
      resolve({ url: `http://${host}:${info.port}`, close: () => close(server as Server) });
    });
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES';
      reject(taken ? new Fault('config.port_taken', { port, address }, { cause }) : cause);
    });
  });
}

/** Answers what is being asked; connections that stay open after that are cut. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), closeWithinMs);
  await closed;
  clearTimeout(cut);
}
