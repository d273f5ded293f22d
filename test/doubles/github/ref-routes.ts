/** The repository itself, its refs and its tags. */
import type { components } from '@octokit/openapi-types';
import type { Hono } from 'hono';
import { paged, type RepositoryFolder, repositoryFolder } from './repository-folder.ts';

type Schemas = components['schemas'];
type Repository = Pick<
  Schemas['full-repository'],
  'id' | 'node_id' | 'name' | 'full_name' | 'private' | 'default_branch' | 'html_url' | 'clone_url' | 'url' | 'fork'
>;
type Ref = { name: string; id: string; type: string; commit: string };

export function refRoutes(api: Hono, root: string): void {
  api.get('/repos/:owner/:repo', async (context) => {
    const { name, page, api: url, git } = repositoryFolder(context, root);
    const default_branch = (await git('symbolic-ref', '--short', 'HEAD'))?.trim() ?? 'main';
    const [, short = ''] = name.split('/');
    const about = { id: 1, node_id: 'R_1', name: short, full_name: name, private: true, fork: false, url };
    return context.json({ ...about, default_branch, html_url: page, clone_url: `${page}.git` } satisfies Repository);
  });

  api.get('/repos/:owner/:repo/git/matching-refs/:ref{.+}', async (context) => {
    const repository = repositoryFolder(context, root);
    const refs = await readRefs(repository);
    if (refs.length === 0) return context.json({ message: 'Git Repository is empty.' }, 409);
    const found = refs.filter(({ name }) => name.startsWith(`refs/${context.req.param('ref')}`));
    return context.json(found.map((ref) => asGitRef(ref, repository)));
  });

  api.get('/repos/:owner/:repo/git/ref/:ref{.+}', async (context) => {
    const repository = repositoryFolder(context, root);
    const found = (await readRefs(repository)).find(({ name }) => name === `refs/${context.req.param('ref')}`);
    return found ? context.json(asGitRef(found, repository)) : context.json({ message: 'Not Found' }, 404);
  });

  api.get('/repos/:owner/:repo/tags', async (context) => {
    const repository = repositoryFolder(context, root);
    const tags = (await readRefs(repository)).filter(({ name }) => name.startsWith('refs/tags/'));
    return context.json(paged(context, tags.toReversed()).map((ref) => asTag(ref, repository)));
  });
}

async function readRefs({ git }: RepositoryFolder): Promise<Ref[]> {
  const format = '%(refname)%00%(objectname)%00%(objecttype)';
  const lines = ((await git('for-each-ref', `--format=${format}`)) ?? '').split('\n').filter((line) => line !== '');
  return Promise.all(
    lines.map(async (line) => {
      const [name = '', id = '', type = ''] = line.split('\0');
      const commit = type === 'tag' ? ((await git('rev-parse', `${name}^{commit}`)) ?? '').trim() : id;
      return { name, id, type, commit };
    }),
  );
}

function asGitRef({ name, id, type }: Ref, { api }: RepositoryFolder): Schemas['git-ref'] {
  return {
    ref: name,
    node_id: 'REF_1',
    url: `${api}/git/${name}`,
    object: { type, sha: id, url: `${api}/git/${type}s/${id}` },
  };
}

function asTag({ name, commit }: Ref, { api }: RepositoryFolder): Schemas['tag'] {
  const short = name.slice('refs/tags/'.length);
  const archives = { zipball_url: `${api}/zipball/${name}`, tarball_url: `${api}/tarball/${name}` };
  return { name: short, commit: { sha: commit, url: `${api}/commits/${commit}` }, node_id: 'REF_1', ...archives };
}
