/** What the routes of one repository need: its folder and its page. */
import { join } from 'node:path';
import type { Context } from 'hono';
import { git } from '../../../infra/local/git-server/git.ts';

export type RepositoryFolder = {
  name: string;
  folder: string;
  /** `http://…/org/app` */
  page: string;
  /** `http://…/api/v3/repos/org/app` */
  api: string;
  /** What git prints, or null when it fails. */
  git(...args: string[]): Promise<string | null>;
};

export function repositoryFolder(context: Context, root: string): RepositoryFolder {
  const name = `${context.req.param('owner')}/${context.req.param('repo')}`;
  const folder = join(root, `${name}.git`);
  const { origin } = new URL(context.req.url);
  return {
    name,
    folder,
    page: `${origin}/${name}`,
    api: `${origin}/api/v3/repos/${name}`,
    git: (...args) => git(folder, ...args).catch(() => null),
  };
}

/** Cuts a list into pages as GitHub does, with its Link header. */
export function paged<T>(context: Context, items: readonly T[]): T[] {
  const size = Math.min(Number(context.req.query('per_page') ?? 30), 100);
  const page = Number(context.req.query('page') ?? 1);
  if (items.length > page * size) {
    const next = new URL(context.req.url);
    next.searchParams.set('page', String(page + 1));
    context.header('link', `<${next.href}>; rel="next"`);
  }
  return items.slice((page - 1) * size, page * size);
}
