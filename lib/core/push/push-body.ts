/** The push body that GitHub defined and that Gitea, Forgejo and plain Git hooks send too. Only what we use is read. */
import * as z from 'zod';
import { parseBody } from './parse-body.ts';
import type { Push } from './push.ts';

/** Full SHA; all zero where there is no commit. */
export const sha = z.string().regex(/^[0-9a-f]{40}$/, 'expected a 40-digit SHA');
export const ref = z.string().startsWith('refs/').max(1000);
export const url = z.string().min(1).max(2000);

const person = z.object({ name: z.string().nullish(), login: z.string().nullish(), username: z.string().nullish() });

const pushBody = z.object({
  ref,
  before: sha,
  after: sha,
  repository: z
    .object({
      clone_url: url.nullish(),
      html_url: url.nullish(),
      ssh_url: url.nullish(),
      git_url: url.nullish(),
    })
    .refine((names) => names.clone_url || names.html_url || names.ssh_url, 'expected clone_url, html_url or ssh_url'),
  pusher: person.nullish(),
  sender: person.nullish(),
});

export function readPushBody(body: string, options: { gitHost: string; delivery: string }): Push {
  const { ref, before, after, repository, pusher, sender } = parseBody(body, pushBody, options.gitHost);
  const { clone_url, html_url, ssh_url, git_url } = repository;
  return {
    delivery: options.delivery,
    repoURLs: [...new Set([clone_url, html_url, ssh_url, git_url].filter((name) => typeof name === 'string'))],
    ref,
    before,
    after,
    pusher: pusher?.name || pusher?.login || pusher?.username || sender?.login || 'unknown',
  };
}
