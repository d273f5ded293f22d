/** One line of the permanent record. The audit log is the list of events; notices are written from it. */
import type { FaultReport } from '../fault/fault.ts';
import type { HealthStatus } from '../health/health.ts';
import type { HistoryMark } from '../history/history-mark.ts';
import type { Phase } from '../hook/hook.ts';
import type { ObjectKey } from '../object/object-key.ts';
import type { FieldChange } from './field-change.ts';

export type Event = {
  /** Unique and deterministic for one change, so that a step run twice records it once. */
  id: string;
  /** ISO 8601, milliseconds. */
  at: string;
  application: string;
  cluster: string;
  /** Who caused it: `Ann <ann@example.com>` (commit author), `kubectl-scale`, `root (trueup hold)`. */
  who: string;
  /** Why it happened, a phrase: `push 1a2b3c4 "Scale to 5"`, `changed by hand`. */
  why: string;
  /** Operation this belongs to, where there is one. */
  operation?: string;
} & EventBody;

export type EventBody =
  | { type: 'sync.started'; revision: string }
  /** It still waits; told once. `because`: what was found to be in the way, with the end of a log. */
  | { type: 'sync.waits'; revision: string; because: string }
  | {
      type: 'sync.finished';
      /** Full SHA. */
      revision: string;
      result: 'succeeded' | 'failed' | 'refused';
      counts: ChangeCounts;
      durationMs: number;
      fault?: FaultReport;
      /** First line of the commit's message, and its page. */
      message: string;
      url: string;
      /** Present when the cluster was made equal to the whole revision. */
      history?: HistoryMark;
      /** Only chosen objects were synced. */
      partial?: true;
    }
  | {
      type: 'object.created' | 'object.updated' | 'object.recreated' | 'object.pruned';
      revision: string;
      object: ObjectKey;
      diff: FieldChange[];
    }
  /** An object that was there already is ours now. `from`: who had it, in words; empty where nothing tells. */
  | { type: 'object.adopted'; revision: string; object: ObjectKey; from: string; diff: FieldChange[] }
  /** It is in the Application `to` now, and lives on. */
  | { type: 'object.moved'; object: ObjectKey; to: string }
  | {
      type: 'hook.ended';
      revision: string;
      object: ObjectKey;
      phase: Phase;
      result: 'succeeded' | 'failed';
      /** Empty when it succeeded. */
      because: string;
    }
  /** `action`: what was done about it. */
  | {
      type: 'drift.found';
      /** `deleted`: gone, and `by` is not known from the object; `recreated`: another object of that name. */
      what: 'changed' | 'deleted' | 'recreated';
      object: ObjectKey;
      diff: FieldChange[];
      action: 'reverted' | 'reported' | 'held';
      by: HandEdit[];
    }
  /** Told before it is done. `created`: what it makes besides; `diff` is empty where only the status is changed. */
  | { type: 'action.run'; object: ObjectKey; action: ActionTaken; diff: FieldChange[]; created: ObjectKey[] }
  | { type: 'action.failed'; object: ObjectKey; action: ActionTaken; fault: FaultReport }
  | { type: 'drift.fighting'; object: ObjectKey; diff: FieldChange[]; by: HandEdit[] }
  | { type: 'health.changed'; from: HealthStatus; to: HealthStatus; because: string }
  | { type: 'hold.set'; reason: string; until: string | null }
  | { type: 'hold.ended' }
  /** A commit that is not synced, because of the hold of `by`. `until`: ISO 8601. */
  | { type: 'push.held'; revision: string; by: string; reason: string; until: string | null }
  /** `entry`: its id in the history, where it stands there. `automatic`: the policy of the Application, nobody's wish. */
  | {
      type: 'rollback.started';
      from: string;
      to: string;
      entry: number | null;
      reason: string;
      automatic: boolean;
      until: string | null;
    }
  /** The policy asks for it, and there is nothing to go back to. */
  | { type: 'rollback.impossible'; from: string; because: string }
  /** The pull request that takes Git back as well. */
  | { type: 'rollback.proposed'; to: string; url: string }
  | { type: 'application.added' | 'application.changed' | 'application.removed' }
  | { type: 'application.invalid'; fault: FaultReport };

export type ActionTaken = { name: string; parameters: Readonly<Record<string, string>> };

export type ChangeCounts = { created: number; updated: number; pruned: number; kept: number };

/** A hand edit as managedFields tell it. `at` is ISO 8601. */
export type HandEdit = { manager: string; at: string };
