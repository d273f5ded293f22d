/** The HTTP side of the Lambda Runtime API for one process: it asks for an event and posts what came of it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Invocation = { id: string; payload: string; deadlineMs: number; functionArn: string };
export type Posted = { kind: 'response' | 'error'; body: string };

export type RuntimeApi = {
  /** HOST:PORT */
  address: string;
  close(): void;
};

const prefix = '/2018-06-01/runtime/';
/** As AWS counts the 6 MB of an answer. */
const maxResponseBytes = 6_291_556;

export async function startRuntimeApi(on: {
  next(give: (invocation: Invocation) => void): void;
  posted(outcome: Posted): void;
}): Promise<RuntimeApi> {
  /** The one event that may be answered now; `init` until the first was asked for. */
  let open: string | null = 'init';
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').slice(prefix.length);
    if (path === 'invocation/next') {
      open = null;
      return on.next((invocation) => {
        open = invocation.id;
        answer(response, invocation);
      });
    }
    const { id, kind } = readPath(path);
    const body = await bodyOf(request);
    if (id === null || id !== open) return void response.writeHead(id === null ? 404 : 400).end('{}');
    open = null;
    const tooLarge = kind === 'response' && body.length > maxResponseBytes;
    response.writeHead(tooLarge ? 413 : 202).end('{}');
    on.posted(tooLarge ? responseTooLarge() : { kind, body: body.toString() });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
  return {
    address: `127.0.0.1:${address.port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function readPath(path: string): { id: string | null; kind: Posted['kind'] } {
  const [, id = null, kind] = /^(?:invocation\/)?([\w-]+)\/(response|error)$/.exec(path) ?? [];
  return { id, kind: kind === 'response' ? 'response' : 'error' };
}

function answer(response: ServerResponse, { id, payload, deadlineMs, functionArn }: Invocation): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': id,
    'lambda-runtime-deadline-ms': String(deadlineMs),
    'lambda-runtime-invoked-function-arn': functionArn,
    'lambda-runtime-trace-id': `Root=1-00000000-${id.replaceAll('-', '').slice(0, 24)};Sampled=0`,
  });
  response.end(payload);
}

function responseTooLarge(): Posted {
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
  return { kind: 'error', body: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }) };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
