/** What automation waits for: a sync window, or an Application that this one depends on. */
import type { FaultReport } from '../fault/fault.ts';

/** `until`: when it ends by itself (ms since the epoch); null: nobody knows. `lookAt`: when it is worth another look, at the latest. */
export type Block = { fault: FaultReport; until: number | null; lookAt: number };

/** A block as the state keeps it, to show it and to know what is to be done once it ends. */
export type Blocked = {
  fault: FaultReport;
  /** ms since the epoch. */
  since: number;
  until: number | null;
  /** What would be synced; null: nothing, it is drift that waits to be healed. */
  revision: string | null;
  /** Formatted keys of drift that was reported only, and is healed when the block ends; `*`: of anything. */
  heals: string[];
};

type Wait = Pick<Blocked, 'revision' | 'heals'> & { now: number };

/** It goes on since when it began, whatever the reason is by now. */
export function blockedBy({ fault, until }: Block, before: Blocked | null, { now, revision, heals }: Wait): Blocked {
  return { fault, since: before?.since ?? now, until, revision, heals };
}
