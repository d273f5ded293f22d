/** Gives a body the headers GitLab sends. */
import type { PushToSign, SignedPush } from '../../core/push/signed-push.ts';

const names: Record<string, string> = { push: 'Push Hook', tag_push: 'Tag Push Hook', system: 'System Hook' };

export function signPush({ body, secret, event, delivery }: PushToSign): SignedPush {
  const headers = {
    'content-type': 'application/json',
    'x-gitlab-event': names[event] ?? event,
    'idempotency-key': delivery,
    'x-gitlab-token': secret,
  };
  return { headers, body };
}
