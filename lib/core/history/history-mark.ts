/** What the end of a sync leaves in the record when the cluster was made equal to its whole revision: a place to go back to. */
import type { HealthStatus } from '../health/health.ts';

export type HistoryMark = {
  /** 1 for the first one of its Application. */
  id: number;
  /** Which source parameters it was rendered with: `hashValue` of `Application.source`. */
  source: string;
  /** How it fared when the sync ended. */
  health: HealthStatus;
};
