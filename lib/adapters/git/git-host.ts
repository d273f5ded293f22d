/** Reads any Git server over smart HTTP(S), without a git binary and without touching a disk. */
import { Fault } from '../../core/fault/fault.ts';
import type { FileLimits, SourceFile, SourceFiles } from '../../core/render/source-files.ts';
import { fileBudget } from '../../core/revision/file-budget.ts';
import { isFullSha } from '../../core/revision/resolve-revision.ts';
import type { GitHost } from '../../ports/git-host.ts';
import { discover } from './discover.ts';
import { canFilter, fetchObjects } from './fetch-objects.ts';
import { listRefs } from './list-refs.ts';
import { remoteOf } from './remote.ts';
import type { HttpOptions } from './smart-http.ts';
import { commitOf, hashOf, type ListedFile, listFiles, objectOf, type Snapshot } from './snapshot.ts';
import { snapshotCache } from './snapshot-cache.ts';

export type GitHostOptions = {
  /** `gitHosts[].url`; only repositories below it are read. */
  url: string;
  /** Asked before every request: it may have been renewed. */
  token?: () => Promise<string>;
  /** For Basic authentication; most hosts take any. */
  username?: string;
  /** For one request, its answer included. */
  timeoutMs?: number;
  /** Bound on one fetch where the caller sets none (commit and hashes). */
  maxFetchBytes?: number;
  /** Commits kept in memory. */
  cacheBytes?: number;
};

const megabyte = 1024 * 1024;

export function gitHost(options: GitHostOptions): GitHost {
  const { url, token = async () => '', username = 'git', timeoutMs = 60_000 } = options;
  const { maxFetchBytes = 256 * megabyte, cacheBytes = 64 * megabyte } = options;
  const http: HttpOptions = { token, username, timeoutMs };
  const cache = snapshotCache({ maxBytes: cacheBytes });

  const snapshot = (repoURL: string, sha: string, wanted: { withFiles: boolean; maxBytes: number }) =>
    cache.get(`${sha} ${repoURL}`, wanted, async (): Promise<Snapshot> => {
      const discovery = await discover(remoteOf(repoURL, url), http);
      const treesOnly = !wanted.withFiles && canFilter(discovery);
      const objects = await fetchObjects(discovery, { sha, treesOnly, maxBytes: wanted.maxBytes }, http);
      const sizeBytes = objects.values().reduce((sum, { bytes }) => sum + bytes.length, 0);
      return { repoURL, sha, objects, hasFiles: !treesOnly, sizeBytes };
    });

  return {
    async heads(repoURL, etag) {
      const heads = await listRefs(await discover(remoteOf(repoURL, url), http), http);
      return heads.etag === etag ? 'unchanged' : heads;
    },

    async commit(repoURL, revision) {
      if (!isFullSha(revision)) {
        const because = 'a plain Git server knows commits by their full SHA only';
        throw new Fault('git.revision_not_found', {
          repoURL,
          targetRevision: revision,
          because,
          known: 'branches and tags',
        });
      }
      const sha = revision.toLowerCase();
      const fetched = await snapshot(repoURL, sha, { withFiles: false, maxBytes: maxFetchBytes });
      const { author, email, message, at } = commitOf(fetched);
      return { sha, author, email, message, at, url: '' };
    },

    async hashes(repoURL, sha, paths) {
      const fetched = await snapshot(repoURL, sha, { withFiles: false, maxBytes: maxFetchBytes });
      return Object.fromEntries(paths.map((path) => [path, hashOf(fetched, path)]));
    },

    async files(repoURL, sha, limits) {
      const maxBytes = limits.maxTotalBytes + maxFetchBytes / 4;
      const trees = await snapshot(repoURL, sha, { withFiles: false, maxBytes });
      const listed = [...bounded(trees, limits)];
      const fetched = trees.hasFiles ? trees : await snapshot(repoURL, sha, { withFiles: true, maxBytes });
      return collect(fetched, listed, limits);
    },
  };
}

/** Refuses a tree of too many files before their contents are asked for. */
function* bounded(snapshot: Snapshot, limits: FileLimits): Generator<ListedFile> {
  const spend = fileBudget(snapshot, limits);
  for (const file of listFiles(snapshot, { maxFolders: limits.maxFiles * 10 })) {
    spend(file.path, 0);
    yield file;
  }
}

function collect(snapshot: Snapshot, listed: readonly ListedFile[], limits: FileLimits): SourceFiles {
  const spend = fileBudget(snapshot, limits);
  const files = new Map<string, SourceFile>();
  for (const { path, kind, id } of listed) {
    const { bytes } = objectOf(snapshot, id);
    spend(path, bytes.length);
    const executable = kind === 'executable';
    files.set(
      path,
      kind === 'symlink' ? { kind, target: bytes.toString('utf8') } : { kind: 'file', bytes, executable },
    );
  }
  return files;
}
