/** Judges a webhook of GitLab by `X-Gitlab-Token`, which is the secret itself: there is no signature over the body. */
import { Fault } from '../../core/fault/fault.ts';
import { sameSecret } from '../../core/push/same-secret.ts';
import type { Webhook } from '../../ports/webhook.ts';
import { readPush } from './read-push.ts';

export function gitlabWebhook(gitHost: string): Webhook {
  return {
    async read({ headers, body }, secret) {
      const token = headers['x-gitlab-token'];
      if (!token) throw new Fault('push.unsigned', { gitHost });
      if (!sameSecret(token, secret)) throw new Fault('push.bad_signature', { gitHost });
      return readPush({ headers, body }, gitHost);
    },
  };
}
