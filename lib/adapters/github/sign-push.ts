/** Signs a body as GitHub does, and as a host of kind `git` is expected to. */
import { signBody } from '../../core/push/sign-body.ts';
import type { PushToSign, SignedPush } from '../../core/push/signed-push.ts';

export function signPush({ body, secret, event, delivery }: PushToSign): SignedPush {
  const headers = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': delivery,
    'x-hub-signature-256': signBody(body, secret),
  };
  return { headers, body };
}
