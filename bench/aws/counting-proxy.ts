/** Stands between the functions and the local AWS, and counts what they ask of it. */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Units, unitsOf } from './dynamodb-units.ts';

export type Tally = {
  /** By service and operation: `DynamoDB Query`, `s3 PUT`. */
  requests: Record<string, number>;
  units: Units;
};

export type CountingProxy = {
  url: string;
  forwardTo(endpoint: string): void;
  /** What was asked since the last time. */
  take(): Tally;
  stop(): Promise<void>;
};

export async function startCountingProxy(): Promise<CountingProxy> {
  const agent = new Agent({ keepAlive: true });
  let target = '';
  let tally = emptyTally();
  const server = createServer((asked, answered) => {
    const way = { target, agent, count: (name: string, units: Units) => count(tally, name, units) };
    forward(asked, answered, way).catch((error) => answered.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!isAddress(address)) throw new TypeError('the proxy listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    forwardTo(endpoint) {
      target = endpoint;
    },
    take() {
      const taken = tally;
      tally = emptyTally();
      return taken;
    },
    async stop() {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Way = { target: string; agent: Agent; count(name: string, units: Units): void };

/** The headers as they came, Host among them: they are signed. */
async function forward(asked: IncomingMessage, answered: ServerResponse, { target, agent, count }: Way): Promise<void> {
  const body = await buffer(asked);
  const { hostname, port } = new URL(target);
  const { expect: _, ...headers } = asked.headers;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ hostname, port, method: asked.method, path: asked.url, headers, agent });
    sent.once('response', resolve).once('error', reject).end(body);
  });
  const content = await buffer(answer);
  // Counting must not add to what is measured.
  answered.writeHead(answer.statusCode ?? 502, answer.headers).end(content);
  const name = nameOf(asked);
  const isTable = name.startsWith('DynamoDB ') && answer.statusCode === 200;
  const operation = name.slice('DynamoDB '.length);
  count(name, isTable ? unitsOf(operation, { request: `${body}`, answer: `${content}` }) : { read: 0, write: 0 });
}

/** JSON services name the operation; of the others the signature names the service. */
function nameOf({ headers, method, url = '' }: IncomingMessage): string {
  const [service = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.');
  if (operation !== '') return `${service.replace(/_\d+$/, '')} ${operation}`;
  const scope = headers.authorization ?? decodeURIComponent(url);
  const signed = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(scope)?.[1] ?? 'unsigned';
  return `${signed} ${method}`;
}

function emptyTally(): Tally {
  return { requests: {}, units: { read: 0, write: 0 } };
}

function count({ requests, units }: Tally, name: string, { read, write }: Units): void {
  requests[name] = (requests[name] ?? 0) + 1;
  units.read += read;
  units.write += write;
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
