/** Sends one request to the API server: in line behind the others, in time, again where that can help. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { Fault } from '../../core/fault/fault.ts';
import type { Access, AccessSource } from '../../ports/cluster-access.ts';
import { type Answer, isSuccess } from './answer.ts';
import { type Dispatchers, type Lane, openDispatchers } from './dispatchers.ts';
import { openGate } from './gate.ts';
import { isTransient } from './is-transient.ts';
import type { Limits } from './limits.ts';
import { isLostConnection, isTimeout, networkFault, UnreadableAnswer } from './network-fault.ts';
import { isRecord } from './parse-object.ts';

export type Ask = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  accept?: string;
  body?: { type: string; content: unknown };
  /** false: one attempt is enough, the answer is a nicety. */
  again?: boolean;
  /** The user that the API server shall take us for. */
  as?: string;
  /** Called right before each sending: waiting in line, for credentials and between attempts is over then. */
  guard?: () => void;
};

export type Streamed = { body: AsyncIterable<Buffer> } | { refused: Answer };

export interface Requests {
  /** Faults cluster.unreachable, cluster.unauthorized, cluster.kubeconfig_invalid; a refusal is an Answer. */
  ask(ask: Ask): Promise<Answer>;
  /** An answer whose body is read as it comes. */
  stream(ask: Ask, signal: AbortSignal): Promise<Streamed>;
  close(): Promise<void>;
}

export function openRequests(options: {
  cluster: string;
  access: AccessSource;
  userAgent: string;
  limits: Limits;
}): Requests {
  const { limits } = options;
  const dispatchers = openDispatchers(limits);
  const gate = openGate(limits.parallel);
  const sender: Sender = { ...options, dispatchers, refused: false, advice: {} };

  return {
    ask: (ask) =>
      gate(async () => {
        const signal = AbortSignal.timeout(limits.requestMs);
        const endsAt = performance.now() + limits.requestMs;
        const once = async () =>
          readable(ask, await answerOf(await authorized(sender, ask, { lane: 'requests', signal }), sender));
        try {
          return await persistently(once, { limits, signal, endsAt, again: ask.again, refused: (answer) => answer });
        } catch (error) {
          if (isTimeout(error)) dispatchers.distrust('requests');
          throw faultOf(error, options.cluster, sender);
        }
      }),
    async stream(ask, signal) {
      const once = async (): Promise<Streamed> => {
        const response = await authorized(sender, ask, { lane: 'watches', signal });
        return response.statusCode === 200 ? { body: response.body } : { refused: await answerOf(response, sender) };
      };
      try {
        const refused = (streamed: Streamed) => ('refused' in streamed ? streamed.refused : undefined);
        const endsAt = Number.POSITIVE_INFINITY;
        return await persistently(once, { limits, signal, endsAt, again: ask.again, refused });
      } catch (error) {
        if (isTimeout(error)) dispatchers.distrust('watches');
        throw signal.aborted ? error : faultOf(error, options.cluster, sender);
      }
    },
    close: () => dispatchers.close(),
  };
}

type Sender = {
  access: AccessSource;
  userAgent: string;
  limits: Limits;
  dispatchers: Dispatchers;
  /** The last answer was a 401, though the credentials were read again for it. */
  refused: boolean;
  /** Of the access last used. */
  advice: NonNullable<Access['advice']>;
};

/**
 * With a 401 the API server also ends the HTTP/2 connection (GOAWAY), under all requests on it: those that got no
 * answer of their own are refused as well.
 */
function faultOf(error: unknown, cluster: string, { refused, advice }: Sender): Fault {
  if (!refused || !isLostConnection(error)) return networkFault(error, cluster, advice.unreachable);
  const facts = { cluster, ...(advice.unauthorized !== undefined && { advice: advice.unauthorized }) };
  return new Fault('cluster.unauthorized', facts, { cause: error });
}

/**
 * All requests made here may be sent twice: reads, server-side applies, and writes that name the uid or
 * resourceVersion they are meant for. A POST is never more than a rehearsal.
 */
async function persistently<Result>(
  once: () => Promise<Result>,
  options: {
    limits: Limits;
    signal: AbortSignal;
    /** Whoever is told to wait beyond this gives the answer as it is (ms, as `performance.now()` counts). */
    endsAt: number;
    again: boolean | undefined;
    refused(result: Result): Answer | undefined;
  },
): Promise<Result> {
  const { attempts, backoffMs } = options.limits;
  for (let tried = 1; ; tried += 1) {
    const last = tried === attempts || options.again === false;
    let pauseMs = backoffMs * 2 ** (tried - 1) * (0.5 + Math.random());
    try {
      const result = await once();
      const refused = options.refused(result);
      if (last || refused === undefined || !isTransient(refused)) return result;
      // The pause is added, so that those who were sent away together do not come back together.
      pauseMs += refused.retryAfterMs ?? 0;
      if (performance.now() + pauseMs >= options.endsAt) return result;
    } catch (error) {
      if (last || !isLostConnection(error)) throw error;
    }
    await pause(pauseMs, undefined, { signal: options.signal });
  }
}

type Way = { lane: Lane; signal: AbortSignal };

/** A token may have run out between two requests: one 401 asks for a new one, a second is the truth. */
async function authorized(sender: Sender, ask: Ask, way: Way): Promise<Dispatcher.ResponseData> {
  const used = await sender.access.current();
  const response = await send(sender, used, ask, way);
  if (response.statusCode !== 401) return settled(sender, response);
  await response.body.dump();
  sender.access.renew(used);
  return settled(sender, await send(sender, await sender.access.current(), ask, way));
}

function settled(sender: Sender, response: Dispatcher.ResponseData): Dispatcher.ResponseData {
  sender.refused = response.statusCode === 401;
  return response;
}

function send(sender: Sender, access: Access, ask: Ask, { lane, signal }: Way): Promise<Dispatcher.ResponseData> {
  const { dispatchers, userAgent, limits } = sender;
  sender.advice = access.advice ?? {};
  ask.guard?.();
  return dispatchers.for(access, lane).request({
    origin: access.origin,
    method: ask.method,
    path: access.prefix + ask.path + queryOf(ask),
    headers: {
      ...identityOf(access, ask),
      'user-agent': userAgent,
      accept: ask.accept ?? 'application/json',
      ...(ask.body && { 'content-type': ask.body.type }),
    },
    body: ask.body === undefined ? null : JSON.stringify(ask.body.content),
    headersTimeout: limits.requestMs,
    bodyTimeout: lane === 'watches' ? 0 : limits.requestMs,
    signal,
  });
}

/** Nobody is two others at once: who is asked for here takes the place of whom the kubeconfig names, with his groups. */
function identityOf({ headers }: Access, { as }: Ask): Access['headers'] {
  if (as === undefined) return headers;
  const own = Object.entries(headers).filter(([name]) => !name.toLowerCase().startsWith('impersonate-'));
  return { ...Object.fromEntries(own), 'impersonate-user': as };
}

function queryOf({ query = {} }: Ask): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) given.set(name, String(value));
  }
  return given.size === 0 ? '' : `?${given}`;
}

async function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData, sender: Sender): Promise<Answer> {
  const advice = statusCode === 401 ? sender.advice.unauthorized : undefined;
  const text = await body.text();
  const seconds = Number(headers['retry-after']);
  return {
    status: statusCode,
    body: isJson(headers['content-type']) ? parse(text) : text,
    ...(seconds > 0 && { retryAfterMs: seconds * 1000 }),
    ...(advice !== undefined && { advice }),
  };
}

/** Garbage, or the page of something that stands in between: as good as no answer, and asked for again. */
function readable(ask: Ask, answer: Answer): Answer {
  if (ask.accept?.includes('json') === false || !isSuccess(answer) || isRecord(answer.body)) return answer;
  throw new UnreadableAnswer();
}

function isJson(contentType: string | string[] | undefined): boolean {
  return String(contentType ?? '').includes('json');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
