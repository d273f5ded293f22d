/** Notices owed to channels: delivered at least once. */
import type { Notice } from '../core/notice/notice.ts';

export interface Outbox {
  /**
   * Those due, oldest first; a notice is due from the moment its event was appended. For `forMs` nobody else gets them,
   * so that two workers do not both tell; those neither `done` nor put off by then are due again.
   */
  take(options: { now: number; limit: number; forMs: number }): Promise<Notice[]>;
  done(id: string): Promise<void>;
  /** Raises `attempts` and comes back at `at` (ms since the epoch). */
  again(id: string, at: number): Promise<void>;
}
