/** Argo CD's way to confirm what is deleted: a time on the Application document. */
import type { Application } from '../application/application.ts';
import type { Failed } from '../application/application-state.ts';

/** RFC 3339: when somebody looked at what would be deleted, and agreed. */
export const approvalAnnotation = 'argocd.argoproj.io/deletion-approved';

export const allowedApproval = 'a time such as 2026-05-01T12:00:00Z';

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/** ms since the epoch; null: not allowed. */
export function readApproval(written: string): number | null {
  const at = rfc3339.test(written) ? Date.parse(written) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

/**
 * As in Argo CD, an approval counts for what was tried before it, and never for what comes later: neither an old one nor one
 * from the future is a blank cheque. `tried`: what failed, of this very revision.
 */
export function isApproved(
  { annotations }: Pick<Application, 'annotations'>,
  tried: Failed | null,
  now: number,
): boolean {
  const written = annotations[approvalAnnotation];
  const at = written === undefined ? null : readApproval(written);
  if (at === null || tried?.since === undefined) return false;
  return at >= tried.since && at <= now + clockSkewMs;
}

/** Whoever writes it looks at a clock of their own. */
const clockSkewMs = 60_000;
