/** A sync under way: everything a killed run needs to go on. The plan itself is a blob. */
import type { ChangeCounts } from '../event/event.ts';
import type { Commit } from '../revision/commit.ts';

export type Operation = {
  /** Unique; every event of this sync carries it. */
  id: string;
  /** What started it. `heal` restores single objects at the revision already synced; `deletion` removes them all. */
  reason: 'push' | 'request' | 'heal' | 'retry' | 'deletion';
  /** Who asked: a commit's author, a person at a terminal, or `trueup`. */
  who: string;
  /** Full SHA. */
  revision: string;
  commit: Commit | null;
  sourceHash: string;
  /** Paths the render read with their Git object ids; known from the end of planning on. */
  reads: Record<string, string | null>;
  /** `starting`: written down, not yet told. */
  phase: 'starting' | 'planning' | 'applying' | 'settling';
  /** Blob key of the plan, from `applying` on. */
  plan: string | null;
  stages: number;
  stagesDone: number;
  /** How often the present stage was put off, because what it needs is not there yet. */
  waits: number;
  /** What was done so far. */
  counts: ChangeCounts;
  /** ms since the epoch. */
  startedAt: number;
  /** When it is given up (ms since the epoch). */
  deadline: number;
  /** 1 for the first try of this revision. */
  attempt: number;
  prune: boolean;
  confirmed: boolean;
  /** The request it answers, where a person asked. */
  request: string | null;
};
