/** Commits, trees and blobs. */
import type { components } from '@octokit/openapi-types';
import type { Hono } from 'hono';
import { gitBytes } from '../../../infra/local/git-server/git.ts';
import { type RepositoryFolder, repositoryFolder } from './repository-folder.ts';

type Schemas = components['schemas'];
type Commit = Omit<Schemas['commit'], 'author' | 'committer'>;
type Entry = Schemas['git-tree']['tree'][number];

export function objectRoutes(api: Hono, root: string, { treeEntries }: { treeEntries(): number }): void {
  api.get('/repos/:owner/:repo/commits/:ref', async (context) => {
    const ref = context.req.param('ref');
    const commit = await readCommit(repositoryFolder(context, root), ref);
    return commit ? context.json(commit) : context.json({ message: `No commit found for SHA: ${ref}` }, 422);
  });

  api.get('/repos/:owner/:repo/git/trees/:sha', async (context) => {
    const repository = repositoryFolder(context, root);
    const recursive = context.req.query('recursive') !== undefined;
    const sha = (await repository.git('rev-parse', '--verify', `${context.req.param('sha')}^{tree}`))?.trim();
    if (sha === undefined) return context.json({ message: 'Not Found' }, 404);
    const all = await readTree(repository, sha, recursive);
    const tree = recursive ? all.slice(0, treeEntries()) : all;
    const truncated = tree.length < all.length;
    return context.json({
      sha,
      url: `${repository.api}/git/trees/${sha}`,
      tree,
      truncated,
    } satisfies Schemas['git-tree']);
  });

  api.get('/repos/:owner/:repo/git/blobs/:sha', async (context) => {
    const { api: url, folder } = repositoryFolder(context, root);
    const sha = context.req.param('sha');
    const bytes = await gitBytes(folder, 'cat-file', 'blob', sha).catch(() => null);
    if (bytes === null) return context.json({ message: 'Not Found' }, 404);
    const about = { sha, node_id: 'B_1', size: bytes.length, url: `${url}/git/blobs/${sha}` };
    return context.json({ ...about, content: bytes.toString('base64'), encoding: 'base64' } satisfies Schemas['blob']);
  });
}

async function readCommit({ git, api, page }: RepositoryFolder, ref: string): Promise<Commit | null> {
  const format = '%H%x00%T%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B';
  const text = await git('show', '--no-patch', `--format=${format}`, `${ref}^{commit}`);
  if (text === null) return null;
  const [sha = '', tree = '', name = '', email = '', at = '', by = '', byEmail = '', byAt = '', message = ''] =
    text.split('\0');
  const date = (seconds: string) => new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
  return {
    sha,
    node_id: 'C_1',
    url: `${api}/commits/${sha}`,
    html_url: `${page}/commit/${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      author: { name, email, date: date(at) },
      committer: { name: by, email: byEmail, date: date(byAt) },
      message: message.trimEnd(),
      comment_count: 0,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
    },
    parents: [],
  };
}

async function readTree({ git, api }: RepositoryFolder, sha: string, recursive: boolean): Promise<Entry[]> {
  const text = await git('ls-tree', '-z', '--long', ...(recursive ? ['-r', '-t'] : []), sha);
  const lines = (text ?? '').split('\0').filter((line) => line !== '');
  return lines.map((line) => {
    const [about = '', path = ''] = line.split('\t');
    const [mode = '', type = '', id = '', size = '-'] = about.split(/ +/);
    const url = `${api}/git/${type}s/${id}`;
    return { path, mode, type, sha: id, url, ...(size === '-' ? {} : { size: Number(size) }) };
  });
}
