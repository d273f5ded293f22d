/** Lists a whole tree: one request, or one per folder where GitHub cuts the answer short (100,000 entries, 7 MB). */
import type { GithubApi } from './github-api.ts';

export type ListedEntry = {
  path: string;
  kind: 'file' | 'executable' | 'symlink' | 'folder';
  id: string;
  /** 0 for folders. */
  sizeBytes: number;
};

export type Tree = { id: string; entries: ListedEntry[] };

/** `onFile` sees every file as it is listed, and may throw to stop. */
export async function listTree(
  api: GithubApi,
  repository: { owner: string; repo: string },
  options: { sha: string; onFile(file: ListedEntry): void },
): Promise<Tree> {
  const read = async (sha: string, folder: string, recursive: boolean) => {
    const parameters = {
      ...repository,
      tree_sha: sha,
      ...(recursive ? { recursive: '1' } : {}),
      request: api.patience(),
    };
    const { data } = await api.octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', parameters);
    const entries = data.tree.flatMap((entry): ListedEntry[] => {
      const kind = kindOf(entry.mode ?? '');
      if (kind === null || entry.path === undefined || entry.sha === undefined) return [];
      const path = folder === '' ? entry.path : `${folder}/${entry.path}`;
      return [{ path, kind, id: entry.sha, sizeBytes: entry.size ?? 0 }];
    });
    return { id: data.sha, entries, truncated: data.truncated };
  };
  const whole = await read(options.sha, '', true);
  if (!whole.truncated) {
    for (const entry of whole.entries) if (entry.kind !== 'folder') options.onFile(entry);
    return whole;
  }
  const entries: ListedEntry[] = [];
  const left = [{ id: options.sha, path: '' }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const entry of (await read(next.id, next.path, false)).entries) {
      entries.push(entry);
      if (entry.kind === 'folder') left.push(entry);
      else options.onFile(entry);
    }
  }
  return { id: whole.id, entries };
}

/** null: a submodule, which is another repository. */
function kindOf(mode: string): ListedEntry['kind'] | null {
  switch (mode) {
    case '040000':
      return 'folder';
    case '120000':
      return 'symlink';
    case '160000':
      return null;
    default:
      return mode === '100755' ? 'executable' : 'file';
  }
}
