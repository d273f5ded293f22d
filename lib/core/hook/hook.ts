/** An object that runs at a point of the sync instead of being kept equal to Git. */

/** `PreDelete` and `PostDelete` belong to the removal of the Application, the others to each sync. */
export type Phase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail' | 'PreDelete' | 'PostDelete';

/** Argo CD's words. Without any it is `BeforeHookCreation`. */
export type HookDeletePolicy = 'BeforeHookCreation' | 'HookSucceeded' | 'HookFailed';

export type Hook = {
  /** At least one, in the order in which they come. */
  phases: Phase[];
  deletePolicies: HookDeletePolicy[];
};
