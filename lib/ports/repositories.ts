/** What each repository's refs pointed at when we last asked, however its URL is written (URLs compared by `repositoryKey`). What one project alone may read stands under a name of its own (`headsName`). */
import type { Heads } from '../core/revision/heads.ts';

export interface Repositories {
  get(repoURL: string): Promise<{ heads: Heads; at: number } | null>;
  /**
   * `seen`: the `at` that stood there before the host was asked; null: nothing did. False, and nothing changed, when
   * somebody wrote since: the answer of theirs may be the newer one.
   */
  put(repoURL: string, heads: Heads, version: { at: number; seen: number | null }): Promise<boolean>;
  /** The next one who needs it asks the host. */
  forget(repoURL: string): Promise<void>;
}
