/** Judges a push from any Git server whose hook signs like GitHub: HMAC-SHA256 of the body in `X-Hub-Signature-256`. */
import { Fault } from '../../core/fault/fault.ts';
import { sameSecret } from '../../core/push/same-secret.ts';
import { signBody } from '../../core/push/sign-body.ts';
import type { Webhook } from '../../ports/webhook.ts';
import { readPush } from './read-push.ts';

export function gitWebhook(gitHost: string): Webhook {
  return {
    async read({ headers, body }, secret) {
      const signature = headers['x-hub-signature-256'];
      if (!signature) throw new Fault('push.unsigned', { gitHost });
      if (secret === '' || !sameSecret(signature, signBody(body, secret))) {
        throw new Fault('push.bad_signature', { gitHost });
      }
      return readPush({ headers, body }, gitHost);
    },
  };
}
