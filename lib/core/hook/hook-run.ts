/** A hook that was started, and what is known of its end: kept in the operation, so nothing has to hold the object back. */
import type { ObjectKey } from '../object/object-key.ts';
import type { HookDeletePolicy, Phase } from './hook.ts';

export type HookRun = {
  key: ObjectKey;
  apiVersion: string;
  phase: Phase;
  uid: string;
  deletePolicies: HookDeletePolicy[];
  outcome: 'running' | 'succeeded' | 'failed';
  /** For people: why it is not over, or failed. */
  because: string;
  /** What keeps one that runs from getting on; absent: nothing, as far as anybody can tell. */
  trouble?: string;
  /** resourceVersion at which it was last seen: a watch from there tells how one ended that is gone. */
  position: string;
};

export function isRunning({ outcome }: HookRun): boolean {
  return outcome === 'running';
}
