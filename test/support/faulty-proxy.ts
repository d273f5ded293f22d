/** Stands before an API server and spoils the answer to one of its requests. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as forward } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { listenOn } from './listen-on.ts';

/** Numbers are refusals; the request is carried out for `lost`, `truncated` and `garbage`, and for the others not. */
export const faults = [409, 410, 422, 429, 500, 503, 'silence', 'reset', 'lost', 'truncated', 'garbage'] as const;
export type ApiFault = (typeof faults)[number];

export type FaultyProxy = {
  url: string;
  /** Spoils the n-th request from now on, once. */
  spoil(at: number, fault: ApiFault): void;
  /** The request that was spoilt; null: so many there were not. */
  spoilt: string | null;
  /** Sent again before Retry-After was over. */
  impatient: number;
  /** Path → resourceVersions that writes gave it, since `spoil`. */
  written: Map<string, Set<string>>;
};

export async function faultyProxy(
  t: TestContext,
  { server, ca }: { server: string; ca: string },
): Promise<FaultyProxy> {
  let left = 0;
  let fault: ApiFault = 500;
  let welcomeAt = 0;
  const self: FaultyProxy = {
    url: '',
    spoilt: null,
    impatient: 0,
    written: new Map(),
    spoil(at, what) {
      left = at;
      fault = what;
      self.spoilt = null;
      self.written.clear();
    },
  };
  const proxy = createServer(async (request, response) => {
    const body = await buffer(request);
    left -= 1;
    const what = `${request.method} ${request.url}`;
    if (what === self.spoilt && Date.now() < welcomeAt) self.impatient += 1;
    if (left !== 0) return pass(request, body, response);
    self.spoilt = what;
    if (typeof fault === 'number') return refuse(response, fault);
    if (fault === 'silence') return;
    if (fault === 'reset') return void response.destroy();
    const { status, text } = await ask(request, body);
    if (fault === 'lost') return void response.destroy();
    if (fault === 'garbage') return void response.writeHead(status, json).end('<html>');
    response.writeHead(status, { ...json, 'content-length': Buffer.byteLength(text) });
    response.write(text.slice(0, text.length / 2), () => response.destroy());
  });

  function refuse(response: ServerResponse, code: number): void {
    const retry = code === 429 ? { 'retry-after': '1' } : {};
    if (code === 429) welcomeAt = Date.now() + 1_000;
    const reason = code === 410 ? { reason: 'Expired' } : {};
    const body = {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      message: 'spoilt by the test',
      code,
      ...reason,
    };
    response.writeHead(code, { ...json, ...retry }).end(JSON.stringify(body));
  }

  async function pass(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    if (request.url?.includes('watch=true')) {
      send(request, body, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        // On an idle watch nothing else would send them.
        response.flushHeaders();
        answer.pipe(response);
        response.on('close', () => answer.destroy());
      });
      return;
    }
    const { status, text } = await ask(request, body);
    response.writeHead(status, json).end(text);
  }

  async function ask(request: IncomingMessage, body: Buffer): Promise<{ status: number; text: string }> {
    const answer = await new Promise<IncomingMessage>((resolve) => send(request, body, resolve));
    const text = (await buffer(answer)).toString();
    note(request, text);
    return { status: answer.statusCode ?? 502, text };
  }

  function note({ method, url = '' }: IncomingMessage, text: string): void {
    const version = /"resourceVersion":"(\d+)"/.exec(text)?.[1];
    if (method !== 'PATCH' || url.includes('dryRun') || version === undefined) return;
    const path = url.split('?')[0] ?? '';
    self.written.set(path, (self.written.get(path) ?? new Set()).add(version));
  }

  function send(
    { url = '/', method, headers }: IncomingMessage,
    body: Buffer,
    take: (answer: IncomingMessage) => void,
  ) {
    const { host: _, connection: __, ...rest } = headers;
    const sent = forward(new URL(url, server), { method, headers: rest, ca }, take);
    sent.on('error', () => undefined).end(body);
  }

  self.url = await listenOn(proxy, t);
  return self;
}

const json = { 'content-type': 'application/json' };
