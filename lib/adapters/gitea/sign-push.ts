/** Signs a body as Gitea and Forgejo do: their own headers, and GitHub's beside them. */
import { signBody } from '../../core/push/sign-body.ts';
import type { PushToSign, SignedPush } from '../../core/push/signed-push.ts';

export function signPush({ body, secret, event, delivery }: PushToSign): SignedPush {
  const signature = signBody(body, secret);
  const headers = {
    'content-type': 'application/json',
    'x-gitea-event': event,
    'x-gitea-delivery': delivery,
    'x-gitea-signature': signature.replace('sha256=', ''),
    'x-github-event': event,
    'x-github-delivery': delivery,
    'x-hub-signature-256': signature,
  };
  return { headers, body };
}
