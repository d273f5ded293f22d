/** Writing through the Git data API, and pull requests: https://docs.github.com/en/rest/git and https://docs.github.com/en/rest/pulls/pulls */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { components } from '@octokit/openapi-types';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { gitEnvironment } from '../../../infra/local/git-server/git.ts';
import { type RepositoryFolder, repositoryFolder } from './repository-folder.ts';

type Schemas = components['schemas'];

const run = promisify(execFile);
const sha = z.string().regex(/^[0-9a-f]{40}$/);
const treeBody = z.object({
  base_tree: sha,
  tree: z.array(z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: sha.nullable() })).min(1),
});
const commitBody = z.object({ message: z.string(), tree: sha, parents: z.array(sha) });
const refBody = z.object({ ref: z.string().startsWith('refs/'), sha });
const moveBody = z.object({ sha, force: z.boolean().default(false) });
const pullBody = z.object({ title: z.string(), head: z.string(), base: z.string(), body: z.string().nullish() });

export type OpenedPull = z.infer<typeof pullBody> & { repository: string; number: number; html_url: string };

/** `mayWrite`: what a token that may only read is told is 403. */
export function proposalRoutes(
  api: Hono,
  root: string,
  { pulls, mayWrite }: { pulls: OpenedPull[]; mayWrite(): boolean },
): void {
  api.use('/repos/:owner/:repo/git/*', async (context, next) =>
    context.req.method === 'GET' || mayWrite() ? next() : notAccessible(context),
  );

  api.post('/repos/:owner/:repo/git/trees', async (context) => {
    const { folder, api: url } = repositoryFolder(context, root);
    const { base_tree, tree } = treeBody.parse(await context.req.json());
    const index = join(tmpdir(), `github-double-${randomUUID()}`);
    // Git asks for a work tree, of which nothing is read or written.
    const apart = { GIT_DIR: folder, GIT_WORK_TREE: tmpdir() };
    const inIndex = async (...args: string[]) =>
      (
        await run('git', args, { cwd: tmpdir(), env: { ...gitEnvironment, ...apart, GIT_INDEX_FILE: index } })
      ).stdout.trim();
    try {
      await inIndex('read-tree', base_tree);
      for (const entry of tree) {
        await inIndex('rm', '-r', '--cached', '-q', '--ignore-unmatch', '--', entry.path);
        if (entry.sha === null) continue;
        if (entry.type === 'tree') await inIndex('read-tree', `--prefix=${entry.path}/`, entry.sha);
        else await inIndex('update-index', '--add', '--cacheinfo', `${entry.mode},${entry.sha},${entry.path}`);
      }
      const id = await inIndex('write-tree');
      return context.json({ sha: id, url: `${url}/git/trees/${id}`, truncated: false, tree: [] }, 201);
    } finally {
      await rm(index, { force: true });
    }
  });

  api.post('/repos/:owner/:repo/git/commits', async (context) => {
    const { git, api: url } = repositoryFolder(context, root);
    const { message, tree, parents } = commitBody.parse(await context.req.json());
    const after = parents.flatMap((parent) => ['-p', parent]);
    const id = (await git('commit-tree', tree, ...after, '-m', message))?.trim();
    if (id === undefined) return invalid(context, 'Tree SHA does not exist');
    return context.json({ sha: id, url: `${url}/git/commits/${id}`, message, tree: { sha: tree } }, 201);
  });

  api.post('/repos/:owner/:repo/git/refs', async (context) => {
    const repository = repositoryFolder(context, root);
    const { ref, sha: id } = refBody.parse(await context.req.json());
    // An empty old value: it must not be there.
    if ((await repository.git('update-ref', ref, id, '')) === null) return invalid(context, 'Reference already exists');
    return context.json(asRef(ref, id, repository), 201);
  });

  api.patch('/repos/:owner/:repo/git/refs/:ref{.+}', async (context) => {
    const repository = repositoryFolder(context, root);
    const ref = `refs/${context.req.param('ref')}`;
    const { sha: id, force } = moveBody.parse(await context.req.json());
    const present = (await repository.git('rev-parse', '--verify', ref))?.trim();
    if (present === undefined) return invalid(context, 'Reference does not exist');
    const isAhead = (await repository.git('merge-base', '--is-ancestor', present, id)) !== null;
    if (!force && !isAhead) return invalid(context, 'Update is not a fast forward');
    await repository.git('update-ref', ref, id);
    return context.json(asRef(ref, id, repository));
  });

  api.post('/repos/:owner/:repo/pulls', async (context) => {
    const { git, name, page } = repositoryFolder(context, root);
    if (!mayWrite()) return notAccessible(context);
    const asked = pullBody.parse(await context.req.json());
    const [owner] = name.split('/');
    const isOpen = pulls.some(
      ({ repository, head, base }) => repository === name && head === asked.head && base === asked.base,
    );
    if (isOpen) return invalid(context, `A pull request already exists for ${owner}:${asked.head}.`);
    if ((await git('rev-list', '--count', `${asked.base}..${asked.head}`))?.trim() === '0')
      return invalid(context, `No commits between ${asked.base} and ${asked.head}`);
    const number = pulls.length + 1;
    const pull: OpenedPull = { ...asked, repository: name, number, html_url: `${page}/pull/${number}` };
    pulls.push(pull);
    return context.json(asPull(pull), 201);
  });

  api.get('/repos/:owner/:repo/pulls', (context) => {
    const { name } = repositoryFolder(context, root);
    const [, head] = (context.req.query('head') ?? '').split(':');
    const found = pulls.filter((pull) => pull.repository === name && pull.head === head);
    return context.json(found.map(asPull));
  });
}

function asRef(ref: string, id: string, { api }: RepositoryFolder): Schemas['git-ref'] {
  const object = { type: 'commit', sha: id, url: `${api}/git/commits/${id}` };
  return { ref, node_id: 'REF_1', url: `${api}/git/${ref}`, object };
}

function asPull({
  number,
  html_url,
  title,
  body,
}: OpenedPull): Pick<Schemas['pull-request'], 'number' | 'html_url' | 'title' | 'body' | 'state'> {
  return { number, html_url, title, body: body ?? null, state: 'open' };
}

function invalid(context: Context, message: string) {
  return context.json({ message, documentation_url: 'https://docs.github.com/rest', status: '422' }, 422);
}

function notAccessible(context: Context) {
  return context.json({ message: 'Resource not accessible by personal access token', status: '403' }, 403);
}
