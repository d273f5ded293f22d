/** Says why there was no answer at all. */
import { Fault } from '../../core/fault/fault.ts';

export function networkFault(error: unknown, cluster: string, advice?: string): Fault {
  if (error instanceof Fault) return error;
  const facts = { cluster, because: reasonOf(error), ...(advice !== undefined && { advice }) };
  return new Fault('cluster.unreachable', facts, { cause: error });
}

/** An answer that promised success and is no JSON. */
export class UnreadableAnswer extends Error {
  readonly code = 'UNREADABLE';
}

/** An open connection went away under the request (API server restarted, load balancer moved on): another may hold. */
export function isLostConnection(error: unknown): boolean {
  const code = codeOf(error);
  // undici's word for whatever ends an HTTP/2 stream from outside (GOAWAY, PING unanswered), a time-out included.
  if (code === 'UND_ERR_INFO') return error instanceof Error && !error.message.includes('timeout');
  if (error instanceof UnreadableAnswer) return true;
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET' || code.startsWith('ERR_HTTP2_');
}

/** A connection was there, and no answer came by it: the API server is slow, or the other end has long gone. */
export function isTimeout(error: unknown): boolean {
  if (error instanceof Error && error.name === 'TimeoutError') return true;
  const code = codeOf(error);
  return code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at the address',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name cannot be resolved right now',
  EHOSTUNREACH: 'there is no route to its address',
  ENETUNREACH: 'there is no route to its network',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped in the middle',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_INFO: 'the connection broke',
  ECONNRESET: 'the connection broke',
  UNREADABLE: 'the answer cannot be read',
  UND_ERR_DESTROYED: 'the connection is closed',
  UND_ERR_CLOSED: 'the connection is closed',
};

function reasonOf(error: unknown): string {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return 'no answer in time';
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const known = reasons[code];
  // Certificate errors (CERT_HAS_EXPIRED, SELF_SIGNED_CERT_IN_CHAIN, …) say it best in their own words.
  return known === undefined ? text : `${known} (${text.split('\n')[0]})`;
}

/** Connecting to several addresses fails with an AggregateError; its parts carry the code. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}
