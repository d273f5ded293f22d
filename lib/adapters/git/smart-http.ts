/** Sends one request to a Git server and reads the bounded answer. Faults: `git.*`, by status. */
import { Fault } from '../../core/fault/fault.ts';

export type HttpOptions = {
  /** Sent by Basic authentication when there is a token; many hosts take any name. */
  username: string;
  token: () => Promise<string>;
  /** For the whole answer, its bytes included. */
  timeoutMs: number;
};

export type HttpRequest = {
  repoURL: string;
  url: string;
  /** Posted; without it the request is a GET. */
  body?: string;
  /** `application/x-git-${type}` is the only content type accepted. */
  type: 'upload-pack-advertisement' | 'upload-pack-result';
  /** Bytes of the answer. Fault git.too_large beyond. */
  maxBytes: number;
  revision: string;
};

export type HttpAnswer = { /** After redirects. */ url: string; bytes: Buffer };

const mostRedirects = 3;

export async function smartHttp(request: HttpRequest, options: HttpOptions): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await send(request, options, signal);
    return { url: response.url || request.url, bytes: await readAll(response, request) };
  } catch (error) {
    if (error instanceof Fault) throw error;
    const because = signal.aborted ? `no answer within ${options.timeoutMs} ms` : reasonOf(error);
    throw new Fault('git.unreachable', { repoURL: request.repoURL, because }, { cause: error });
  }
}

async function send(request: HttpRequest, options: HttpOptions, signal: AbortSignal): Promise<Response> {
  let { url } = request;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await fetch(url, {
      method: request.body === undefined ? 'GET' : 'POST',
      body: request.body ?? null,
      headers: await headersFor(request, options),
      redirect: 'manual',
      signal,
    });
    if (response.status < 300 || response.status > 399) return checked(response, request);
    await response.body?.cancel();
    url = redirected(url, response, request.repoURL);
  }
  throw new Fault('git.unreachable', { repoURL: request.repoURL, because: `more than ${mostRedirects} redirects` });
}

async function headersFor({ body, type }: HttpRequest, options: HttpOptions): Promise<Record<string, string>> {
  const token = await options.token();
  return {
    // Some servers tell Git clients from browsers by the name.
    'user-agent': 'git/2.45 (trueup)',
    'git-protocol': 'version=2',
    accept: `application/x-git-${type}`,
    ...(body === undefined ? {} : { 'content-type': 'application/x-git-upload-pack-request' }),
    ...(token === ''
      ? {}
      : { authorization: `Basic ${Buffer.from(`${options.username}:${token}`).toString('base64')}` }),
  };
}

/** As Git, but to the same host only: a renamed repository is found, a token goes nowhere else. */
function redirected(from: string, response: Response, repoURL: string): string {
  const to = URL.parse(response.headers.get('location') ?? '', from);
  const before = new URL(from);
  const isUpgrade = to?.protocol === 'https:' && before.protocol === 'http:' && to.hostname === before.hostname;
  if (to !== null && (to.origin === before.origin || isUpgrade)) return to.href;
  throw new Fault('git.unreachable', { repoURL, because: `it redirects to ${to?.origin ?? 'nowhere'}` });
}

async function checked(response: Response, { repoURL, type }: HttpRequest): Promise<Response> {
  const { status } = response;
  const contentType = response.headers.get('content-type') ?? '';
  if (response.ok && contentType.startsWith(`application/x-git-${type}`)) return response;
  await response.body?.cancel();
  if (status === 401 || status === 403) throw new Fault('git.unauthorized', { repoURL });
  if (status === 404 || status === 410) throw new Fault('git.repository_not_found', { repoURL });
  if (status === 429) throw new Fault('git.rate_limited', { repoURL, retryAfterMs: retryAfterMs(response) });
  if (status >= 500) throw new Fault('git.unreachable', { repoURL, because: `it answered ${status}` });
  throw new Fault('git.not_understood', {
    repoURL,
    because: `status ${status}, content type ${contentType || 'none'}`,
  });
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 60_000;
}

async function readAll(response: Response, { repoURL, revision, maxBytes }: HttpRequest): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new Fault('git.too_large', { repoURL, revision, limit: maxBytes, what: 'bytes sent' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error instanceof Error ? error.message : String(error);
}
