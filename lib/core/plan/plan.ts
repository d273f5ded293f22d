/** What a sync would do: one change for each object, in the order in which it is carried out. */
import type { HandEdit } from '../event/event.ts';
import type { FieldChange } from '../event/field-change.ts';
import type { HookDeletePolicy, Phase } from '../hook/hook.ts';
import type { Origin } from '../object/manifest.ts';
import type { ObjectKey } from '../object/object-key.ts';

export type Plan = {
  application: string;
  /** Full SHA. */
  revision: string;
  /** Carried out one after the other; between two waves what came before has to be healthy. */
  stages: Stage[];
  /** Carried out only when the sync fails: its SyncFail hooks. */
  failStages: Stage[];
  /** Objects that are as Git wants them: no request is made for these. */
  kept: number;
  /** For people: what was left out and why. */
  warnings: string[];
};

/** The changes of one stage are carried out in parallel. */
export type Stage = { phase: Phase; wave: number; changes: PlannedChange[] };

export type PlannedChange =
  | (ChangeOf & {
      /** `recreate`: it cannot be changed, and asks to be deleted and made anew; `diff` begins with what cannot be changed. */
      action: 'create' | 'update' | 'recreate';
      desiredHash: string;
      origin: Origin;
      /** uid of the live object the rehearsal saw; null when there was none. */
      uid: string | null;
      diff: FieldChange[];
      /** False: it depends on something created in this sync, and is rehearsed once that is there. */
      rehearsed: boolean;
      /** Present: it was there and not ours. Who had it, in words; empty where nothing tells. */
      adopts?: string;
      /** Present: the Application that has it, and does not want it any more. */
      takesFrom?: string;
      /** Set when the object was changed behind our back; the change undoes that. */
      drift: { what: 'changed' | 'deleted' | 'recreated'; by: HandEdit[] } | null;
    })
  | (ChangeOf & { action: 'delete'; uid: string; propagation: Propagation })
  /** Runs once. */
  | (ChangeOf & {
      action: 'hook';
      phase: Phase;
      deletePolicies: HookDeletePolicy[];
      desiredHash: string;
      origin: Origin;
      rehearsed: boolean;
    })
  /** It leaves this Application, and is not deleted. `to`: who has it now, or is waited for; empty where that will turn out. */
  | (ChangeOf & { action: 'hand-over'; to: string })
  | (ChangeOf & { action: 'skip'; why: string });

/** What becomes of the objects that belong to a deleted one: Kubernetes' own words. */
export type Propagation = 'Foreground' | 'Background' | 'Orphan';

type ChangeOf = { key: ObjectKey; apiVersion: string };

export type Applying = Extract<PlannedChange, { action: 'create' | 'update' | 'recreate' }>;
export type RunningHook = Extract<PlannedChange, { action: 'hook' }>;

/** True when carrying the plan out would change the cluster, or leaves something that ought to be changed. Hooks come with a change and are none. */
export function hasChanges(plan: Plan): boolean {
  return changesOf(plan).some(({ action }) => action !== 'hook');
}

export function changesOf({ stages }: Pick<Plan, 'stages'>): PlannedChange[] {
  return stages.flatMap(({ changes }) => changes);
}

export function isApplying(change: PlannedChange): change is Applying {
  return change.action === 'create' || change.action === 'update' || change.action === 'recreate';
}
