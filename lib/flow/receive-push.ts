/** Takes a webhook delivery in: judged, queued, remembered. What it says is never deployed; it only wakes us. */

import { Fault } from '../core/fault/fault.ts';
import type { Delivery, Push } from '../core/push/push.ts';
import type { Ports } from '../ports/ports.ts';
import type { Message } from '../ports/queue.ts';
import type { WebhookDoor } from '../ports/webhook.ts';

export type PushRequest = { gitHost: string; headers: Readonly<Record<string, string | undefined>>; body: string };

export type PushPorts = Pick<Ports, 'webhook' | 'deliveries' | 'isFleet' | 'applications' | 'queue' | 'log' | 'now'>;

/** Faults: push.*. The messages are durable before the delivery counts as known: a kill in between queues it twice, never not at all. */
export async function receivePush(
  { gitHost, headers, body }: PushRequest,
  ports: PushPorts,
): Promise<{ queued: number; duplicate: boolean }> {
  const delivery = await readDelivery(ports.webhook(gitHost), { headers, body });
  if (delivery.kind !== 'push') return { queued: 0, duplicate: false };
  const [first] = delivery.pushes;
  if (first !== undefined && (await ports.deliveries.known(gitHost, first.delivery)))
    return { queued: 0, duplicate: true };
  let queued = 0;
  for (const push of onePerRepository(delivery.pushes)) {
    const repoURL = await registeredURL(push.repoURLs, ports);
    if (repoURL === null) continue;
    await ports.queue.send({
      about: 'repository',
      repoURL,
      why: `push ${push.ref}`,
      trace: push.delivery,
    } satisfies Message);
    queued += 1;
  }
  if (first !== undefined) await ports.deliveries.remember(gitHost, first.delivery, ports.now());
  ports.log.info('push.received', { gitHost, delivery: first?.delivery, queued });
  return { queued, duplicate: false };
}

/** A push of a thousand tags is one wake-up: the message names the repository only. */
function onePerRepository(pushes: readonly Push[]): Iterable<Push> {
  return new Map(pushes.toReversed().map((push) => [push.repoURLs.join(' '), push])).values();
}

/** A signature that does not fit may be one made with a secret that was rotated since we read it. */
async function readDelivery(
  { webhook, secret }: WebhookDoor,
  request: { headers: PushRequest['headers']; body: string },
): Promise<Delivery> {
  const known = await secret();
  try {
    return await webhook.read(request, known);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'push.bad_signature') throw error;
    const renewed = await secret({ fresh: true });
    if (renewed === known) throw error;
    return webhook.read(request, renewed);
  }
}

/** The name by which Applications, or the fleet, know the repository; null when nobody reads it. */
async function registeredURL(repoURLs: readonly string[], ports: PushPorts): Promise<string | null> {
  for (const repoURL of repoURLs) {
    if (ports.isFleet(repoURL)) return repoURL;
    const [name] = await ports.applications.ofRepository(repoURL);
    if (name !== undefined) return (await ports.applications.get(name))?.application.source.repoURL ?? repoURL;
  }
  return null;
}
