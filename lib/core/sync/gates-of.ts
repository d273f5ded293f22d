/** Finds the stages of a plan before which is waited: those that begin another wave, and the end of hooks that nothing follows. */
import { comparePhases } from '../plan/order-objects.ts';
import type { Plan, Stage } from '../plan/plan.ts';

export type Standing = {
  /**
   * Of the objects that are as Git wants them. They are waited for as well, as in Argo CD: else a sync that is tried again would
   * pass by what made it fail.
   */
  keptWaves: readonly number[];
  /** The Application is removed: it has not ended before all of it is gone. */
  removal: boolean;
  /** Hooks run that were started before it was planned anew. */
  hooksRun: boolean;
};

/** Numbers of stages, counted on from `stages` into `failStages`; the number after the last one stands for the end. */
export function gatesOf(
  { stages, failStages }: Pick<Plan, 'stages' | 'failStages'>,
  { keptWaves, removal, hooksRun }: Standing,
): number[] {
  const end = stages.length;
  return [
    ...(hooksRun || followsKept(stages[0], keptWaves) ? [0] : []),
    ...between(stages),
    ...((removal && end > 0) || endsWithHooks(stages) ? [end] : []),
    ...between(failStages).map((stage) => end + stage),
    ...(failStages.length > 0 ? [end + failStages.length] : []),
  ];
}

function followsKept(first: Stage | undefined, keptWaves: readonly number[]): boolean {
  return first !== undefined && keptWaves.some((wave) => comparePhases({ phase: 'Sync', wave }, first) < 0);
}

function between(stages: readonly Stage[]): number[] {
  return stages.flatMap((stage, number) => {
    const before = stages[number - 1];
    return before !== undefined && comparePhases(before, stage) !== 0 ? [number] : [];
  });
}

/** Of the last wave. */
function endsWithHooks(stages: readonly Stage[]): boolean {
  const last = stages.at(-1);
  if (last === undefined) return false;
  return stages.some(
    (stage) => comparePhases(stage, last) === 0 && stage.changes.some(({ action }) => action === 'hook'),
  );
}
