/** Says in our words what GitHub answered. https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
import { Fault } from '../../core/fault/fault.ts';

type Place = { repoURL: string /** Where the request names a commit. */; revision?: string };

/** The shape of Octokit's RequestError; without `response` nobody answered. */
type Answer = { status: number; headers: Record<string, unknown>; message: string };

/** What is neither an answer nor the network's doing stays what it is: a bug. */
export function githubFault(error: unknown, { repoURL, revision }: Place): unknown {
  if (error instanceof Fault) return error;
  const answer = answerOf(error);
  const options = { cause: error };
  if (answer === null) {
    return isOfNetwork(error) ? new Fault('git.unreachable', { repoURL, because: error.message }, options) : error;
  }
  const { status } = answer;
  if (isRateLimit(answer))
    return new Fault('git.rate_limited', { repoURL, retryAfterMs: retryAfterMs(answer) }, options);
  if (status === 401 || status === 403) return new Fault('git.unauthorized', { repoURL }, options);
  if (revision !== undefined && (status === 422 || status === 409)) return revisionNotFound(repoURL, revision, options);
  if (status === 404 || status === 410 || status === 451)
    return new Fault('git.repository_not_found', { repoURL }, options);
  if (status >= 500) return new Fault('git.unreachable', { repoURL, because: `it answered ${status}` }, options);
  return new Fault('git.not_understood', { repoURL, because: `it answered ${status}: ${answer.message}` }, options);
}

export function revisionNotFound(repoURL: string, targetRevision: string, options: { cause?: unknown } = {}): Fault {
  return new Fault('git.revision_not_found', { repoURL, targetRevision, known: 'its branches and tags' }, options);
}

/** The status, where GitHub answered at all. */
export function statusOf(error: unknown): number | null {
  return answerOf(error)?.status ?? null;
}

function answerOf(error: unknown): Answer | null {
  if (!(error instanceof Error) || !('status' in error) || !('response' in error)) return null;
  const { status, response, message } = error;
  if (typeof status !== 'number' || typeof response !== 'object' || response === null) return null;
  const headers = 'headers' in response && typeof response.headers === 'object' ? { ...response.headers } : {};
  return { status, headers, message };
}

/** The primary limit says how many are left; the secondary one says when to come back, or only so in words. */
function isRateLimit({ status, headers, message }: Answer): boolean {
  if (status === 429) return true;
  const isOver = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
  return status === 403 && (isOver || /rate limit/i.test(message));
}

/** GitHub asks for a minute where it names no time. */
function retryAfterMs({ headers }: Answer): number {
  const seconds = Number(headers['retry-after']);
  if (seconds > 0) return seconds * 1000;
  const untilMs = Number(headers['x-ratelimit-reset']) * 1000 - Date.parse(String(headers.date));
  return headers['x-ratelimit-remaining'] === '0' && untilMs > 0 ? untilMs : 60_000;
}

/** From fetch (`cause`, `terminated`), a time-out, a socket or zlib (`code`), or Octokit around one of them (`status`). */
function isOfNetwork(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof Fault) return false;
  return 'status' in error || 'code' in error || error.cause !== undefined || error.message === 'terminated';
}
