/** An object that runs at a point of the sync instead of being kept equal to Git. */
import type { Desired } from '../plan/desired.ts';

/** Argo CD's comes first. */
export const hookAnnotations = ['argocd.argoproj.io/hook', 'helm.sh/hook'] as const;

/** `PreDelete` and `PostDelete` belong to the removal of the Application, the others to each sync. */
export type Phase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail' | 'PreDelete' | 'PostDelete';

/** Argo CD's words. Without any it is `BeforeHookCreation`. */
export type HookDeletePolicy = 'BeforeHookCreation' | 'HookSucceeded' | 'HookFailed';

export type Hook = {
  phases: Phase[];
  deletePolicies: HookDeletePolicy[];
};

/** As rendered; `nameHook` makes of it what is created in one phase of one operation. */
export type DesiredHook = Desired & { hook: Hook };
