/** A sync under way. Everything a killed run needs to go on; the plan itself is a blob. */

import type { FaultReport } from '../fault/fault.ts';
import type { Commit } from '../revision/commit.ts';

export type Operation = {
  /** Unique; every event of this sync carries it. */
  id: string;
  /** What started it. `heal` restores single objects at the revision already synced. */
  reason: 'push' | 'request' | 'heal' | 'retry' | 'deletion';
  who: string;
  revision: string;
  commit: Commit | null;
  sourceHash: string;
  phase: 'rendering' | 'rehearsing' | 'applying' | 'settling';
  /** Blob key of the rendered manifests, from `rehearsing` on. */
  manifests: string | null;
  /** Blob key of the plan, from `applying` on. */
  plan: string | null;
  /** How many stages of the plan are done. */
  stagesDone: number;
  /** ms since the epoch. */
  startedAt: number;
  /** When it is given up (ms since the epoch). */
  deadline: number;
  attempt: number;
  prune: boolean;
  confirmed: boolean;
  warnings: FaultReport[];
};
