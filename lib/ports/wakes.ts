/** What anybody may write about an Application without holding its lease. Each raises `wanted` and sets `lookAt` to now; for an unknown name nothing happens. */
import type { Hold, SyncRequest } from '../core/application/application-state.ts';

export interface Wakes {
  wake(name: string, now: number): Promise<void>;
  /** Adds to the suspects; more than 500 become `*`. */
  suspect(name: string, keys: readonly string[], now: number): Promise<void>;
  request(name: string, request: SyncRequest, now: number): Promise<void>;
  /** null ends the hold. */
  hold(name: string, hold: Hold | null, now: number): Promise<void>;
  /** Names whose `lookAt` has come, oldest first. */
  overdue(now: number, limit: number): Promise<string[]>;
}
