/** Delivers what the outbox owes, each notice on its own: one dead channel never holds up another. */
import { Fault } from '../core/fault/fault.ts';
import type { Notice } from '../core/notice/notice.ts';
import type { Ports } from '../ports/ports.ts';
import { inParallel } from './in-parallel.ts';

const atOnce = 50;
const firstDelayMs = 2_000;
const longestDelayMs = 600_000;

/** At least once: a kill between the channel's answer and `done` sends a notice again, with the same visible id. */
export async function sendNotices(ports: Ports): Promise<number> {
  const due = await ports.outbox.due(ports.now(), atOnce);
  await inParallel(due, (notice) => send(notice, ports), 8);
  return due.length;
}

async function send(notice: Notice, ports: Ports): Promise<void> {
  try {
    await ports.announcer(notice.channel).announce(notice);
    await ports.outbox.done(notice.id);
    ports.log.info('notice.sent', { id: notice.id, channel: notice.channel });
  } catch (error) {
    if (error instanceof Fault && error.info.retry === 'never') {
      ports.log.error('notice.given_up', { id: notice.id, channel: notice.channel }, error);
      return ports.outbox.done(notice.id);
    }
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** notice.attempts);
    await ports.outbox.again(notice.id, ports.now() + delayMs);
    ports.log.warn('notice.failed', { id: notice.id, channel: notice.channel, delayMs, because: String(error) });
  }
}
