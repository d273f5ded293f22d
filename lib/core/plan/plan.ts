/** What a sync would do: one change for each object, in the order in which it is carried out. */

import type { HandEdit } from '../event/event.ts';
import type { FieldChange } from '../event/field-change.ts';
import type { Origin } from '../object/manifest.ts';
import type { ObjectKey } from '../object/object-key.ts';

export type Plan = {
  application: string;
  /** Full SHA. */
  revision: string;
  /** Stages are carried out one after the other, the changes of one stage in parallel. */
  stages: PlannedChange[][];
  /** Objects that are as Git wants them: no request is made for these. */
  kept: number;
  /** For people: what was left out and why. */
  warnings: string[];
};

export type PlannedChange =
  | (ChangeOf & {
      action: 'create' | 'update';
      desiredHash: string;
      origin: Origin;
      /** uid of the live object the rehearsal saw; null when there was none. */
      uid: string | null;
      diff: FieldChange[];
      /** False: it depends on something created in this sync, and is rehearsed once that is there. */
      rehearsed: boolean;
      /** Set when the object was changed behind our back; the change undoes that. */
      drift: { what: 'changed' | 'deleted' | 'recreated'; by: HandEdit[] } | null;
    })
  | (ChangeOf & { action: 'delete'; uid: string })
  | (ChangeOf & { action: 'skip'; why: string });

type ChangeOf = { key: ObjectKey; apiVersion: string };

export type Applying = Extract<PlannedChange, { action: 'create' | 'update' }>;

/** True when carrying the plan out would change the cluster, or leaves something that ought to be changed. */
export function hasChanges(plan: Plan): boolean {
  return plan.stages.some((stage) => stage.length > 0);
}

export function isApplying(change: PlannedChange): change is Applying {
  return change.action === 'create' || change.action === 'update';
}
