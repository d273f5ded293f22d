/** Reads from the Git host that keeps a repository. Faults: `git.*`. */

import type { FileLimits, SourceFiles } from '../core/render/source-files.ts';
import type { Commit } from '../core/revision/commit.ts';
import type { Heads } from '../core/revision/heads.ts';

export interface GitHost {
  /** All branches and tags in one request; 'unchanged' when `etag` is still valid. */
  heads(repoURL: string, etag?: string): Promise<Heads | 'unchanged'>;
  /** `revision`: a full SHA, or an abbreviated one where the host can look it up. Fault git.revision_not_found. */
  commit(repoURL: string, revision: string): Promise<Commit>;
  /** Git object ids of the trees or blobs at these paths (`.` is the root); null where there is nothing. */
  hashes(repoURL: string, sha: string, paths: readonly string[]): Promise<Record<string, string | null>>;
  /** Every file of the tree at this commit, streamed against the limits (git.too_large, git.unsafe_path). */
  files(repoURL: string, sha: string, limits: FileLimits): Promise<SourceFiles>;
}
