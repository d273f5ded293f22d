/** Application documents from a folder of a Git repository, at what its branch points to now. */
import type { SourceFiles } from '../../lib/core/render/source-files.ts';
import { resolveRevision } from '../../lib/core/revision/resolve-revision.ts';
import type { Fleet } from '../../lib/ports/fleet.ts';
import type { GitHost } from '../../lib/ports/git-host.ts';

export type RepositoryFleet = { repoURL: string; path: string; targetRevision: string };

/** A fleet is documents only: far fewer than a repository may hold. */
const limits = { maxFiles: 20_000, maxFileBytes: 5_000_000, maxTotalBytes: 100_000_000 };

/** Faults of `read`: git.*. */
export function repositoryFleet(
  { repoURL, path, targetRevision }: RepositoryFleet,
  gitHost: (repoURL: string) => GitHost,
): Fleet {
  return {
    async read() {
      const host = gitHost(repoURL);
      const heads = await host.heads(repoURL);
      if (heads === 'unchanged') throw new TypeError('a Git host answered unchanged though no etag was sent');
      const resolution = resolveRevision(heads, { repoURL, targetRevision });
      const sha = resolution.kind === 'sha' ? resolution.sha : (await host.commit(repoURL, resolution.revision)).sha;
      return { files: below(await host.files(repoURL, sha, limits), path), at: `${repoURL} at ${sha}` };
    },
  };
}

function below(files: SourceFiles, path: string): SourceFiles {
  const folder = path.replace(/^(\.?\/)+|\/+$/g, '');
  if (folder === '' || folder === '.') return files;
  const prefix = `${folder}/`;
  const found = [...files].filter(([name]) => name.startsWith(prefix));
  return new Map(found.map(([name, file]) => [name.slice(prefix.length), file]));
}
