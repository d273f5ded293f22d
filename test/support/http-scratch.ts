/** A scratch place in memory whose presigned URLs lead to a small server on this machine. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Scratch } from '../../lib/ports/scratch.ts';

export type HttpScratch = Scratch & { objects: Map<string, Uint8Array>; close(): Promise<void> };

/** A URL serves its one key and method, as a signature would. Call `close`, or give a test that does. */
export async function openHttpScratch(t?: TestContext): Promise<HttpScratch> {
  const objects = new Map<string, Uint8Array>();
  const signed = new Map<string, { method: 'GET' | 'PUT'; key: string }>();
  const server = createServer((request, response) => {
    const allowed = signed.get(request.url ?? '');
    const isAllowed = allowed !== undefined && allowed.method === request.method;
    if (isAllowed) answer(allowed.key, objects, request, response);
    else response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code><StringToSign>x</StringToSign></Error>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  t?.after(close);
  const presign = async (method: 'GET' | 'PUT', key: string) => {
    const path = `/scratch/${key}?X-Amz-Signature=${signed.size}`;
    signed.set(path, { method, key });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return `http://127.0.0.1:${port}${path}`;
  };
  return {
    ...memoryScratch(objects),
    objects,
    close,
    presignGet: (key) => presign('GET', key),
    presignPut: (key) => presign('PUT', key),
  };
}

export function memoryScratch(objects = new Map<string, Uint8Array>()): Scratch {
  return {
    put: async (key, bytes) => void objects.set(key, bytes),
    async get(key, { maxBytes = Number.POSITIVE_INFINITY } = {}) {
      const bytes = objects.get(key) ?? null;
      const sizeBytes = bytes?.length ?? 0;
      if (sizeBytes > maxBytes) throw new Fault('store.too_large', { path: key, sizeBytes, maxBytes });
      return bytes;
    },
    remove: async (key) => void objects.delete(key),
    presignGet: async (key) => `https://scratch.s3.eu-west-1.amazonaws.com/${key}?get`,
    presignPut: async (key) => `https://scratch.s3.eu-west-1.amazonaws.com/${key}?put`,
  };
}

async function answer(
  key: string,
  objects: Map<string, Uint8Array>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'PUT') {
    objects.set(key, await buffer(request));
    response.end();
    return;
  }
  const bytes = objects.get(key);
  if (bytes === undefined) response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
  else response.end(bytes);
}
