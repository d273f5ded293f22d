/** The hooks of one operation, each as it is created in one of its phases. */
import type { Desired } from '../plan/desired.ts';
import type { DesiredHook, HookDeletePolicy, Phase } from './hook.ts';
import { type HookOccasion, nameHook } from './name-hook.ts';

export type HookToRun = { wanted: Desired; phase: Phase; deletePolicies: HookDeletePolicy[] };

const phasesOf: Record<'sync' | 'removal', readonly Phase[]> = {
  sync: ['PreSync', 'Sync', 'PostSync', 'SyncFail'],
  removal: ['PreDelete', 'PostDelete'],
};

export function hooksToRun(
  hooks: readonly DesiredHook[],
  kind: keyof typeof phasesOf,
  occasion: Omit<HookOccasion, 'phase'>,
): HookToRun[] {
  return hooks.flatMap((desired) => {
    const { phases, deletePolicies } = desired.hook;
    return phases
      .filter((phase) => phasesOf[kind].includes(phase))
      .map((phase) => ({ wanted: nameHook(desired, { ...occasion, phase }), phase, deletePolicies }));
  });
}

/** Of these hooks, those that run when the Application is removed. */
export function removalHooks(hooks: readonly DesiredHook[]): DesiredHook[] {
  return hooks.filter(({ hook }) => hook.phases.some((phase) => phasesOf.removal.includes(phase)));
}
