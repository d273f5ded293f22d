/** What one object asks for by its annotations (Argo CD's, Helm's, Flux's and ours), laid over what its Application asks for. */
import type { Wish } from './application-options.ts';

export type ObjectOptions = {
  prune: Wish;
  delete: Wish;
  validate: boolean;
  skipDryRunOnMissingResource: boolean;
  pruneLast: boolean;
  /** Everything that others added goes too. */
  replace: boolean;
  /** Deleted and made anew where it cannot be changed. */
  force: boolean;
  /**
   * Flux's `ssa`: `always` (Override, the default), `merge` (fields that hand tools added stay), `ifAbsent` (IfNotPresent: made
   * once, then left alone), `never` (Ignore, or `reconcile: disabled`: neither applied nor pruned).
   */
  apply: 'always' | 'merge' | 'ifAbsent' | 'never';
  /** `compare-options: IgnoreExtraneous`: that it is not in Git does not make the Application OutOfSync. */
  ignoreExtraneous: boolean;
};
