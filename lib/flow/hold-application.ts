/** Pauses the automation of an Application, and ends the pause. Both are in the record, with who and why. */
import type { Hold } from '../core/application/application-state.ts';
import type { EventBody } from '../core/event/event.ts';
import { awaitsConfirmation, holdAfterLoss, holdOnceConfirmed } from '../core/recovery/hold-after-loss.ts';
import type { Ports } from '../ports/ports.ts';
import { callForNotices } from './call-for-notices.ts';
import { findApplication } from './find-application.ts';
import { mirrorHold } from './mirror.ts';

/** `until`: ms since the epoch, null for an open end. `rollback`: what it keeps in place; people are told of that instead. */
export type HoldWish = Pick<Hold, 'who' | 'reason' | 'until' | 'rollback'>;

export async function holdApplication(name: string, wish: HoldWish, ports: Ports): Promise<void> {
  const { cluster, hold: present } = await findApplication(name, ports);
  const since = ports.now();
  const hold: Hold = { ...wish, since };
  await record(name, cluster, setBy(name, hold), ports);
  await mirrorHold(name, hold, ports);
  // The end of this one must not end what nobody has confirmed.
  const isLost = present !== null && awaitsConfirmation(present);
  await ports.wakes.hold(name, isLost ? holdAfterLoss(name, hold, present.since) : hold, since);
}

/** Its state was lost: it is held until somebody confirms, and `before`, the hold it had, comes back then. */
export async function holdLostApplication(name: string, before: Hold | null, ports: Ports): Promise<void> {
  const { cluster } = await findApplication(name, ports);
  const hold = holdAfterLoss(name, before, ports.now());
  await record(name, cluster, setBy(name, hold), ports);
  await ports.wakes.hold(name, hold, hold.since);
}

/** Git wins again: everything is looked at once more. */
export async function unholdApplication(
  name: string,
  { who, why = 'ended by hand' }: { who: string; why?: string },
  ports: Ports,
): Promise<void> {
  const { cluster, hold } = await findApplication(name, ports);
  if (hold !== null) await record(name, cluster, endedBy(name, hold, who, why), ports);
  await ports.wakes.hold(name, null, ports.now());
  await mirrorHold(name, null, ports);
  await ports.wakes.suspect(name, ['*'], ports.now());
  await ports.queue.send({ about: 'application', name, why: 'hold ended' });
}

/** After a loss: ends the hold that it brought; one that a person had set before goes on. False: nothing waits for a confirmation. */
export async function confirmApplication(name: string, { who }: { who: string }, ports: Ports): Promise<boolean> {
  const { cluster, hold } = await findApplication(name, ports);
  if (hold === null || !awaitsConfirmation(hold)) return false;
  const why = 'confirmed after the loss of its state';
  const next = holdOnceConfirmed(hold, ports.now());
  if (next === null) await unholdApplication(name, { who, why }, ports);
  else {
    await record(name, cluster, endedBy(name, hold, who, why), ports);
    await ports.wakes.hold(name, next, ports.now());
    await ports.queue.send({ about: 'application', name, why: 'confirmed' });
  }
  return true;
}

/** As it was exported; it is in the record already. */
export async function restoreHold(name: string, hold: Hold | null, ports: Ports): Promise<void> {
  await mirrorHold(name, hold === null || !awaitsConfirmation(hold) ? hold : (hold.afterLoss?.before ?? null), ports);
  await ports.wakes.hold(name, hold, ports.now());
}

type Line = { id: string; who: string; why: string; body: EventBody; isQuiet?: boolean };

function setBy(name: string, { who, reason, since, until, rollback }: Hold): Line {
  const body: EventBody = { type: 'hold.set', reason, until: until === null ? null : new Date(until).toISOString() };
  return { id: `${name}-hold-${since}-set`, who, why: reason, body, isQuiet: rollback !== undefined };
}

function endedBy(name: string, { since }: Hold, who: string, why: string): Line {
  return { id: `${name}-hold-${since}-ended`, who, why, body: { type: 'hold.ended' } };
}

async function record(
  application: string,
  cluster: string,
  { id, who, why, body, isQuiet = false }: Line,
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
  await ports.events.append([{ event, channels: isQuiet ? [] : ports.channels(application) }]);
  await callForNotices(body.type, ports);
}
