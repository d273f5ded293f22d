/** A GitHub of our own over bare repositories: the REST API at `/api/v3`, Git beside it, real signed webhooks. */
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { type GitServer, startGitServer } from '../../../infra/local/git-server/git-server.ts';
import type { SentPush } from '../../../infra/local/git-server/send-push.ts';
import { archiveRoutes } from './archive-routes.ts';
import { guard, type Limit } from './guard.ts';
import { hookRoutes, type RegisteredHook } from './hook-routes.ts';
import { objectRoutes } from './object-routes.ts';
import { type OpenedPull, proposalRoutes } from './proposal-routes.ts';
import { refRoutes } from './ref-routes.ts';
import { type ReceivedStatus, statusRoutes } from './status-routes.ts';

export type GithubDoubleOptions = {
  /** Holds the bare repositories. */
  folder: string;
  /** Without it every repository is public. */
  token?: string;
  onSent?(sent: SentPush): void;
};

export type GithubDouble = Pick<GitServer, 'url' | 'createRepository' | 'stop'> & {
  /** Commit statuses in the order they came. */
  statuses: ReceivedStatus[];
  hooks: RegisteredHook[];
  /** Open ones, in the order they came. */
  pulls: OpenedPull[];
  /** From now on the token may only read. */
  forbidWrites(): void;
  /** `GET /repos/…` and the status answered. */
  requests: { route: string; status: number }[];
  /** From now on requests are refused like this; null: no more. */
  limit(limit: Limit | null): void;
  /** Trees of more entries than this are cut short. */
  truncateTreesAt(entries: number): void;
};

export async function startGithubDouble(options: GithubDoubleOptions): Promise<GithubDouble> {
  const statuses: ReceivedStatus[] = [];
  const hooks: RegisteredHook[] = [];
  const pulls: OpenedPull[] = [];
  const requests: GithubDouble['requests'] = [];
  const settings = { limit: null as Limit | null, treeEntries: 100_000, mayWrite: true };

  const api = new Hono().basePath('/api/v3');
  api.use(async (context, next) => {
    await next();
    requests.push({
      route: `${context.req.method} ${context.req.path.slice('/api/v3'.length)}`,
      status: context.res.status,
    });
  });
  api.use(guard({ token: options.token, folder: options.folder, limit: () => settings.limit }));
  api.use(etag());
  refRoutes(api, options.folder);
  objectRoutes(api, options.folder, { treeEntries: () => settings.treeEntries });
  proposalRoutes(api, options.folder, { pulls, mayWrite: () => settings.mayWrite });
  archiveRoutes(api, options.folder);
  statusRoutes(api, options.folder, statuses);
  hookRoutes(api, hooks, {
    onHook: ({ config: { url, secret }, repository }) => server.addHook({ url, secret, repository }),
  });
  api.notFound((context) => context.json({ message: 'Not Found' }, 404));

  const { folder, token, onSent } = options;
  const other = getRequestListener(api.fetch);
  const server = await startGitServer({ folder, other, ...(token && { token }), ...(onSent && { onSent }) });
  return {
    ...server,
    statuses,
    hooks,
    pulls,
    forbidWrites() {
      settings.mayWrite = false;
    },
    requests,
    limit(limit) {
      settings.limit = limit;
    },
    truncateTreesAt(entries) {
      settings.treeEntries = entries;
    },
  };
}
