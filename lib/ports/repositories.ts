/** What each repository's refs pointed at when we last asked, however its URL is written (URLs compared by `repositoryKey`). */
import type { Heads } from '../core/revision/heads.ts';

export interface Repositories {
  get(repoURL: string): Promise<{ heads: Heads; at: number } | null>;
  put(repoURL: string, heads: Heads, at: number): Promise<void>;
  /** The next one who needs it asks the host. */
  forget(repoURL: string): Promise<void>;
}
