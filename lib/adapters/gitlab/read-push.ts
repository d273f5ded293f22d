/**
 * Reads a webhook of GitLab: https://docs.gitlab.com/user/project/integrations/webhook_events/ and, for a whole
 * installation, https://docs.gitlab.com/administration/system_hooks/
 */
import * as z from 'zod';
import { Fault } from '../../core/fault/fault.ts';
import { deliveryId } from '../../core/push/delivery-id.ts';
import { parseBody } from '../../core/push/parse-body.ts';
import type { Delivery, Push } from '../../core/push/push.ts';
import { ref, sha, url } from '../../core/push/push-body.ts';

type Request = { headers: Readonly<Record<string, string | undefined>>; body: string };

const repository = {
  project: z
    .object({ git_http_url: url.nullish(), web_url: url.nullish(), git_ssh_url: url.nullish() })
    .refine((names) => names.git_http_url || names.web_url || names.git_ssh_url, 'expected git_http_url or web_url'),
  user_username: z.string().nullish(),
  user_name: z.string().nullish(),
};
const change = { ref, before: sha, after: sha };

const pushBody = z.object({ ...repository, ...change });
/** One push of several refs. GitLab sends no push hook at all for a push of more refs than `push_event_hooks_limit`. */
const updateBody = z.object({ ...repository, changes: z.array(z.object(change)).min(1) });
const systemBody = z.object({ event_name: z.string() });

type GitlabPush = z.infer<typeof pushBody>;

/** The token has been judged. Fault push.bad_payload. */
export function readPush({ headers, body }: Request, gitHost: string): Delivery {
  const event = headers['x-gitlab-event'];
  if (!event) throw new Fault('push.bad_payload', { gitHost, because: 'the header X-Gitlab-Event is missing' });
  const name = event === 'System Hook' ? parseBody(body, systemBody, gitHost).event_name : event;
  // `X-Gitlab-Event-UUID` will not do: webhooks that cause each other share one.
  const delivery = deliveryId(headers['idempotency-key'], body);
  switch (name) {
    case 'Push Hook':
    case 'Tag Push Hook':
    case 'push':
    case 'tag_push': {
      const push = parseBody(body, pushBody, gitHost);
      return { kind: 'push', pushes: [asPush(push, push, delivery)] };
    }
    case 'repository_update': {
      const update = parseBody(body, updateBody, gitHost);
      return { kind: 'push', pushes: update.changes.map((change) => asPush(update, change, delivery)) };
    }
    default:
      return { kind: 'ignored', event: name };
  }
}

type Who = Pick<GitlabPush, 'project' | 'user_username' | 'user_name'>;

function asPush(
  { project, user_username, user_name }: Who,
  change: Pick<Push, 'ref' | 'before' | 'after'>,
  delivery: string,
): Push {
  const names = [project.git_http_url, project.web_url, project.git_ssh_url].filter((name) => typeof name === 'string');
  const { ref, before, after } = change;
  return {
    delivery,
    repoURLs: [...new Set(names)],
    ref,
    before,
    after,
    pusher: user_username || user_name || 'unknown',
  };
}
