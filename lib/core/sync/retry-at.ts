/** When the same revision is tried again. */
import type { SyncPolicy } from '../application/application.ts';

/**
 * Exponential from the Application's `retry.backoff`. What waiting can cure is tried for ever at the longest delay; what
 * a person must mend is tried `limit` times, because the cluster's side of it (a namespace, a role) may be mended
 * without a new commit. null: not by itself. `attempts` counts those that failed.
 */
export function retryAt(
  retry: SyncPolicy['retry'],
  { attempts, curable, now }: { attempts: number; curable: boolean; now: number },
): number | null {
  if (!curable && retry.limit >= 0 && attempts > retry.limit) return null;
  const delayMs = Math.min(retry.maxDelayMs, retry.delayMs * retry.factor ** (attempts - 1));
  return now + Math.round(delayMs);
}
