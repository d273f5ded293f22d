/** Pauses the automation of an Application, and ends the pause. Both are in the record, with who and why. */
import type { EventBody } from '../core/event/event.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication } from './find-application.ts';

/** `until`: ms since the epoch, null for an open end. */
export type HoldWish = { who: string; reason: string; until: number | null };

export async function holdApplication(name: string, { who, reason, until }: HoldWish, ports: Ports): Promise<void> {
  const { cluster } = await findApplication(name, ports);
  const since = ports.now();
  const body: EventBody = { type: 'hold.set', reason, until: until === null ? null : new Date(until).toISOString() };
  await record(name, cluster, { id: `${name}-hold-${since}-set`, who, why: reason, body }, ports);
  await ports.wakes.hold(name, { who, reason, since, until }, since);
}

/** Git wins again: everything is looked at once more. */
export async function unholdApplication(
  name: string,
  { who, why = 'ended by hand' }: { who: string; why?: string },
  ports: Ports,
): Promise<void> {
  const { cluster, hold } = await findApplication(name, ports);
  if (hold !== null) {
    const id = `${name}-hold-${hold.since}-ended`;
    await record(name, cluster, { id, who, why, body: { type: 'hold.ended' } }, ports);
  }
  await ports.wakes.hold(name, null, ports.now());
  await ports.wakes.suspect(name, ['*'], ports.now());
  await ports.queue.send({ about: 'application', name, why: 'hold ended' });
}

async function record(
  application: string,
  cluster: string,
  { id, who, why, body }: { id: string; who: string; why: string; body: EventBody },
  ports: Ports,
): Promise<void> {
  const event = {
    id,
    at: new Date(ports.now()).toISOString(),
    application,
    cluster,
    who,
    why,
    ...body,
  };
  await ports.events.append([{ event, channels: ports.channels(application) }]);
  await ports.queue.send({ about: 'outbox', why: body.type });
}
