/** Reads a push shaped like GitHub's. A hook written by hand need not send event and delivery headers. */
import { deliveryId } from '../../core/push/delivery-id.ts';
import type { Delivery } from '../../core/push/push.ts';
import { readPushBody } from '../../core/push/push-body.ts';

type Request = { headers: Readonly<Record<string, string | undefined>>; body: string };

/** The signature has been judged. Fault push.bad_payload. */
export function readPush({ headers, body }: Request, gitHost: string): Delivery {
  const event = headers['x-github-event'] || headers['x-gitea-event'] || 'push';
  if (event === 'ping') return { kind: 'ping' };
  if (event !== 'push') return { kind: 'ignored', event };
  const delivery = deliveryId(headers['x-github-delivery'] || headers['x-gitea-delivery'], body);
  return { kind: 'push', pushes: [readPushBody(body, { gitHost, delivery })] };
}
