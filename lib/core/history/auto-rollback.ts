/** The policy of an Application to go back by itself when an automated sync did not work out. */
import type { Application } from '../application/application.ts';
import { parseDuration } from '../application/parse-duration.ts';
import type { FaultReport } from '../fault/fault.ts';
import type { Operation } from '../sync/operation.ts';

/** On the Application document: `"true"`, or how long it may stay Degraded first: `5m`. */
export const autoRollbackAnnotation = 'trueup.dev/auto-rollback';

/** On the Application document: `"true"` opens the pull request that takes Git back as well. */
export const rollbackPullRequestAnnotation = 'trueup.dev/rollback-pull-request';

export const allowedAutoRollback = '"true", "false", or a duration up to 24h, such as 5m';

/** A rollback that is to come unless the Application gets well, or somebody takes over. */
export type PendingRollback = {
  /** ms since the epoch. */
  due: number;
  /** What did not work out. */
  revision: string;
  source: string;
  because: string;
};

const longestMs = 86_400_000;

/** null: it never goes back by itself. Else the patience with a Degraded Application in milliseconds. */
export function autoRollback({ annotations }: Pick<Application, 'annotations'>): number | null {
  return readAutoRollback(annotations[autoRollbackAnnotation]) ?? null;
}

export function opensPullRequest({ annotations }: Pick<Application, 'annotations'>): boolean {
  return annotations[rollbackPullRequestAnnotation] === 'true';
}

/** undefined: not allowed; null: off. */
export function readAutoRollback(written: string | undefined): number | null | undefined {
  if (written === undefined || written === 'false') return null;
  if (written === 'true') return 0;
  const patienceMs = /^\d+$/.test(written) ? null : parseDuration(written);
  return patienceMs !== null && patienceMs <= longestMs ? patienceMs : undefined;
}

const isIll = ['sync.degraded', 'sync.wave_degraded'];
const isLate = ['sync.timed_out', 'sync.wave_timed_out'];

/**
 * Only after what nobody asked for: a person who syncs watches, and a rollback is never rolled back. One that ran into a
 * time limit has had its time.
 */
export function rollbackAfter(
  application: Pick<Application, 'annotations'>,
  { reason, revision, source }: Operation,
  { code, message }: FaultReport,
  now: number,
): PendingRollback | null {
  const patienceMs = autoRollback(application);
  if (patienceMs === null || (reason !== 'push' && reason !== 'retry')) return null;
  if (!isIll.includes(code) && !isLate.includes(code)) return null;
  return { due: isIll.includes(code) ? now + patienceMs : now, revision, source, because: message };
}
