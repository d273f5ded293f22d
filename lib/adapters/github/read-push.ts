/** Reads a webhook of GitHub: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
import { Fault } from '../../core/fault/fault.ts';
import { deliveryId } from '../../core/push/delivery-id.ts';
import type { Delivery } from '../../core/push/push.ts';
import { readPushBody } from '../../core/push/push-body.ts';

type Request = { headers: Readonly<Record<string, string | undefined>>; body: string };

/** The signature has been judged. Fault push.bad_payload. */
export function readPush({ headers, body }: Request, gitHost: string): Delivery {
  const event = headers['x-github-event'];
  if (!event) throw new Fault('push.bad_payload', { gitHost, because: 'the header X-GitHub-Event is missing' });
  if (event === 'ping') return { kind: 'ping' };
  if (event !== 'push') return { kind: 'ignored', event };
  const delivery = deliveryId(headers['x-github-delivery'], body);
  return { kind: 'push', pushes: [readPushBody(body, { gitHost, delivery })] };
}
