/** Ports on 127.0.0.1 that nobody listens on at the moment. Somebody may take one before its program does: be ready to ask again. */
import { createServer, type Server } from 'node:net';

/** `preferred` comes first in the answer when it is free. All are held open until the last is known, so no two are the same. */
export async function freePorts(count: number, preferred = 0): Promise<number[]> {
  const held: Server[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const wanted = index === 0 ? preferred : 0;
      held.push(await hold(wanted).catch(() => hold(0)));
    }
    return held.map(portOf);
  } finally {
    await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

function hold(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
  return address.port;
}
