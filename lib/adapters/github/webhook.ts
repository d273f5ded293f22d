/** Judges a webhook of GitHub by `X-Hub-Signature-256`. The older SHA-1 signature does not count. */
import { Webhooks } from '@octokit/webhooks';
import { Fault } from '../../core/fault/fault.ts';
import type { Webhook } from '../../ports/webhook.ts';
import { readPush } from './read-push.ts';

export function githubWebhook(gitHost: string): Webhook {
  return {
    async read({ headers, body }, secret) {
      const signature = headers['x-hub-signature-256'];
      if (!signature) throw new Fault('push.unsigned', { gitHost });
      if (secret === '' || body === '' || !(await new Webhooks({ secret }).verify(body, signature))) {
        throw new Fault('push.bad_signature', { gitHost });
      }
      return readPush({ headers, body }, gitHost);
    },
  };
}
