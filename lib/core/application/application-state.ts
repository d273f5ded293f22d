/** What Trueup knows of one Application between two runs. Small: the big parts are blobs it points to. */
import type { FaultReport } from '../fault/fault.ts';
import type { HealthStatus } from '../health/health.ts';
import type { PendingRollback } from '../history/auto-rollback.ts';
import type { HookRun } from '../hook/hook-run.ts';
import type { Blocked } from '../sync/block.ts';
import type { Operation } from '../sync/operation.ts';
import type { ResourceSelection } from '../sync/selection.ts';

export type ApplicationState = {
  name: string;
  /** The running sync, or null. */
  operation: Operation | null;
  /** What the cluster was last made equal to. */
  synced: Synced | null;
  /** The last revision that did not work out. */
  failed: Failed | null;
  /** Key of the blob with the record of our objects (`Record`), or null before the first sync. */
  record: string | null;
  sync: 'Synced' | 'OutOfSync' | 'Unknown';
  /** `since`: ms since the epoch. */
  /** `reason`: what keeps it from getting better, as pods and events tell; it is in `because`, too. */
  health: { status: HealthStatus; because: string; since: number; reason?: string };
  /** Key of the blob with the hooks that run when it is removed; absent: there are none. */
  removalHooks?: string | null;
  /** Hooks that ended and that no policy of theirs deletes: they go with the Application. */
  endedHooks?: HookRun[];
  /** `apiVersion/kind` of what is in the record: what a sweep has to watch. */
  kinds: string[];
  /** Those of them of which some object carries no mark; absent: none. */
  unmarkedKinds?: string[];
  /** Why `sync` is Unknown or the Application does not move: shown to people. */
  condition: FaultReport | null;
  /** Since when Git cannot be asked (ms since the epoch); null: it could be, the last time. */
  unreadSince: number | null;
  /** What automation waits for; null: nothing. */
  blocked: Blocked | null;
  /** Of the last render: what was left out and why. */
  warnings: string[];
  /** Formatted keys of objects that are known to differ and were left so, until a sync or a hand undoes it; `*`: too many to name. */
  drifted: string[];
  /** Formatted keys of what Git has and wants let alone, as of the last plan. */
  letGo?: string[];
  /** How often one object's drift came back; key: formatted object key. */
  heals: Record<string, { times: number; lastAt: number }>;
  /** Id of the newest entry of its history; 0 before the first. */
  history: number;
  rollback: PendingRollback | null;
  /** The push that people were last told is held back, and by the hold of when. */
  heldBack: { since: number; revision: string } | null;
};

export type Synced = {
  /** Full SHA. */
  revision: string;
  /** Hash of `Application.source` and what else shaped the render. */
  sourceHash: string;
  /** Path → Git object id (null: looked for, absent) of everything the render read. */
  reads: Record<string, string | null>;
  /** Milliseconds since the epoch. */
  at: number;
  /** Key of the source parameters it was rendered with; absent where nobody knows, since the state was lost. */
  source?: string;
  /** Present until the first sync after a loss of state: what it would prune has to be confirmed. */
  afterLoss?: true;
};

export type Failed = {
  /** What had started it; absent where an older version wrote it down. */
  reason?: Operation['reason'];
  revision: string;
  sourceHash: string;
  fault: FaultReport;
  attempts: number;
  /** When the first of them began (ms since the epoch); absent where an older version wrote it down. */
  since?: number;
  /** When to try the same revision again (ms since the epoch); null: not by itself. */
  retryAt: number | null;
};

/** Automation paused. `until`: ms since the epoch, null for open end. */
export type Hold = {
  who: string;
  reason: string;
  since: number;
  until: number | null;
  /** Present: it keeps a rollback where it is. Full SHAs. */
  rollback?: { from: string; to: string };
  /** Present: the state was lost, and somebody has to confirm what comes next. `before`: the hold that was lost with it. */
  afterLoss?: { before: Hold | null };
};

/** What a person asked for; taken up by the next run. */
export type SyncRequest = {
  id: string;
  who: string;
  /** null: the target revision of the Application. */
  revision: string | null;
  prune: boolean;
  /** Confirms what the prune guard stopped. */
  confirmed: boolean;
  /** Ends the running sync instead. */
  terminate?: true;
  /** Only these objects; no hooks run, and the Application is not at the revision afterwards. */
  only?: ResourceSelection;
  /** Present: it goes back. `source`: key of the source parameters of then; null: those of now. */
  rollback?: { source: string | null; why: string };
};
