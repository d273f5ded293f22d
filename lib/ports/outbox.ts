/** Notices owed to channels: delivered at least once. */
import type { Notice } from '../core/notice/notice.ts';

export interface Outbox {
  /** Oldest first. A notice is due from the moment its event was appended. */
  due(now: number, limit: number): Promise<Notice[]>;
  done(id: string): Promise<void>;
  /** Raises `attempts` and comes back at `at` (ms since the epoch). */
  again(id: string, at: number): Promise<void>;
}
