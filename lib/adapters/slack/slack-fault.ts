/** Translates an answer of Slack's that is not `ok`. */
import { Fault } from '../../core/fault/fault.ts';

/** Where Slack says 429 without saying how long. */
const usualWaitSeconds = 30;
const longestWaitSeconds = 3600;

/** Slack answers 4xx for what will not get better (no_service, channel_is_archived, invalid_payload, …). */
export function slackFault(host: string, { status, headers }: Response, answer: string): Fault {
  if (status === 429) return new Fault('notice.rate_limited', { host, retryAfterMs: readWait(headers) * 1000 });
  const because = `it answered ${status} ${answer}`.trim();
  if (status >= 500 || status === 408) return new Fault('notice.unreachable', { host, because });
  return new Fault('notice.refused', { host, status, because });
}

function readWait(headers: Headers): number {
  const seconds = Number.parseInt(headers.get('retry-after') ?? '', 10);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), longestWaitSeconds) : usualWaitSeconds;
}
