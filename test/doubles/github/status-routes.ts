/** Commit statuses: https://docs.github.com/en/rest/commits/statuses */
import type { components } from '@octokit/openapi-types';
import type { Hono } from 'hono';
import * as z from 'zod';
import { repositoryFolder } from './repository-folder.ts';

type Status = Omit<components['schemas']['status'], 'creator'>;

const body = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.url().nullish(),
  description: z.string().max(140).nullish(),
  context: z.string().default('default'),
});

export type ReceivedStatus = z.infer<typeof body> & { repository: string; sha: string };

export function statusRoutes(api: Hono, root: string, statuses: ReceivedStatus[]): void {
  api.post('/repos/:owner/:repo/statuses/:sha', async (context) => {
    const { git, name, api: url } = repositoryFolder(context, root);
    const sha = context.req.param('sha');
    const parsed = body.safeParse(await context.req.json());
    if (!parsed.success) return context.json({ message: 'Validation Failed', errors: parsed.error.issues }, 422);
    if ((await git('cat-file', '-e', `${sha}^{commit}`)) === null) {
      return context.json({ message: `No commit found for SHA: ${sha}` }, 422);
    }
    const status: ReceivedStatus = { ...parsed.data, repository: name, sha };
    statuses.push(status);
    return context.json(asStatus(status, statuses.length, url), 201);
  });

  api.get('/repos/:owner/:repo/commits/:ref/statuses', (context) => {
    const { name, api: url } = repositoryFolder(context, root);
    const found = statuses.filter(({ repository, sha }) => repository === name && sha === context.req.param('ref'));
    return context.json(found.toReversed().map((status, index) => asStatus(status, index, url)));
  });
}

function asStatus({ state, target_url, description, context, sha }: ReceivedStatus, id: number, api: string): Status {
  const at = new Date().toISOString();
  const about = {
    id,
    node_id: `S_${id}`,
    url: `${api}/statuses/${sha}`,
    avatar_url: null,
    created_at: at,
    updated_at: at,
  };
  return { ...about, state, target_url: target_url ?? null, description: description ?? null, context };
}
