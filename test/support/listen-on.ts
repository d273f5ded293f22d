/** Lets a server of a test listen on a free port of this machine until the test is over; gives its address. */
import type { Server } from 'node:http';
import type { TestContext } from 'node:test';

export async function listenOn(server: Server, t: TestContext): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a server listens on a port');
  return `http://127.0.0.1:${address.port}`;
}
