/** True for an answer that another attempt in a moment may turn into a good one. */
import { type Answer, statusOf } from './answer.ts';

export function isTransient(answer: Answer): boolean {
  const { status } = answer;
  if (status < 400 || status === 401) return false;
  const { message, reason, details } = statusOf(answer);
  // A position from the future (etcd restored from a backup) does not come nearer by waiting.
  if (details?.causes?.some((cause) => cause.reason === 'ResourceVersionTooLarge')) return false;
  if (status === 429 || status === 502 || status === 503 || status === 504) return true;
  if (status === 500)
    return reason === 'ServerTimeout' || /^etcdserver: (?!request is too large)|leader changed/.test(message);
  // Two requests counted against the same quota at the same time: the counter moved, not the object.
  return status === 409 && details?.kind === 'resourcequotas';
}
