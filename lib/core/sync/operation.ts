/** A sync under way: everything a killed run needs to go on. The plan itself is a blob. */
import type { ChangeCounts } from '../event/event.ts';
import type { FaultReport } from '../fault/fault.ts';
import type { HookRun } from '../hook/hook-run.ts';
import type { Commit } from '../revision/commit.ts';
import type { ResourceSelection } from './selection.ts';

export type Operation = {
  /** Unique; every event of this sync carries it. */
  id: string;
  /** What started it. `heal` restores single objects at the revision already synced; `deletion` removes them all. */
  reason: 'push' | 'request' | 'rollback' | 'heal' | 'retry' | 'deletion';
  /** Present: a person named the revision. */
  named?: true;
  /** Of a rollback: where it goes back to, a phrase. */
  why?: string;
  /** Who asked: a commit's author, a person at a terminal, or `trueup`. */
  who: string;
  /** Full SHA. */
  revision: string;
  commit: Commit | null;
  sourceHash: string;
  /** Key of the source parameters it renders with. */
  source: string;
  /** Paths the render read with their Git object ids; known from the end of planning on. */
  reads: Record<string, string | null>;
  /** `starting`: written down, not yet told. `failing`: it failed after something was applied; its SyncFail hooks run. */
  phase: 'starting' | 'planning' | 'applying' | 'settling' | 'failing';
  /** Blob key of the plan, from `applying` on. */
  plan: string | null;
  /** Formatted keys of extra objects that the plan leaves. */
  extras?: string[];
  /** Of the plan; those of a failure are counted apart. */
  stages: number;
  failStages: number;
  stagesDone: number;
  /** Numbers of the stages that begin a new wave, counted on into those of a failure: what came before has to be healthy, and its hooks ended. */
  gates: number[];
  /** The last of them that was passed; -1: none. */
  gate: number;
  /** Since when the next one is waited at (ms since the epoch); null: it is not there yet. */
  gateSince: number | null;
  /** What is waited for there, for people; empty: nothing. */
  waitsFor: string;
  /** Since when something was found that keeps it from getting on (ms since the epoch), and whether people were told; absent: nothing was. */
  stuck?: { since: number; told: boolean };
  /** Those that were started, with what became of them. */
  hooks: HookRun[];
  /** Why it fails; set from `failing` on. */
  failure: FaultReport | null;
  /** How often the present stage was put off, because what it needs is not there yet. */
  waits: number;
  /** What was done so far. */
  counts: ChangeCounts;
  /** ms since the epoch. */
  startedAt: number;
  /** When it is given up (ms since the epoch). */
  deadline: number;
  /** Since when a sync window keeps it back (ms since the epoch): time that does not count. null: it goes on. */
  blockedSince: number | null;
  /** 1 for the first try of this revision. */
  attempt: number;
  prune: boolean;
  confirmed: boolean;
  /** null: everything. */
  only: ResourceSelection | null;
  /** The request it answers, where a person asked. */
  request: string | null;
};

/** What an operation knows before it is planned, and nothing any more when it has to be planned anew. */
export const unplanned: Pick<
  Operation,
  'plan' | 'stages' | 'failStages' | 'stagesDone' | 'waits' | 'gates' | 'gate' | 'gateSince' | 'waitsFor'
> = {
  plan: null,
  stages: 0,
  failStages: 0,
  stagesDone: 0,
  waits: 0,
  gates: [],
  gate: -1,
  gateSince: null,
  waitsFor: '',
};
