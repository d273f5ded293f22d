/** Delivers what the outbox owes, each notice on its own: one dead channel never holds up another. */
import { describeError } from '../core/log/describe-error.ts';
import { nextAttempt } from '../core/notice/next-attempt.ts';
import type { Notice } from '../core/notice/notice.ts';
import type { Ports } from '../ports/ports.ts';
import { inParallel } from './in-parallel.ts';

const atOnce = 50;
const takenForMs = 60_000;
/** What is begun by then is done before somebody else may take it: no channel may take half a minute to answer. */
const beginForMs = 30_000;
/** A queue delays by no more; who comes too early finds nothing due, and the tick looks every minute. */
const longestDelayMs = 900_000;

export type NoticePorts = Pick<Ports, 'outbox' | 'announcer' | 'queue' | 'log' | 'now'>;

/** At least once: a kill between the channel's answer and `done` sends a notice again, with the same visible id. */
export async function sendNotices(ports: NoticePorts): Promise<number> {
  const now = ports.now();
  const taken = await ports.outbox.take({ now, limit: atOnce, forMs: takenForMs });
  // What there was no time for is due again by itself.
  await inParallel(taken, async (notice) => (ports.now() - now < beginForMs ? send(notice, ports) : undefined), 8);
  if (taken.length === atOnce) await ports.queue.send({ about: 'outbox', why: 'there may be more' });
  return taken.length;
}

async function send(notice: Notice, ports: NoticePorts): Promise<void> {
  const { id, channel } = notice;
  try {
    await ports.announcer(channel).announce(notice);
    await ports.outbox.done(id);
    ports.log.info('notice.sent', { id, channel });
  } catch (error) {
    const now = ports.now();
    const again = nextAttempt(notice, error, now);
    if (again === null) {
      ports.log.error('notice.given_up', { id, channel }, error);
      return ports.outbox.done(id);
    }
    await ports.outbox.again(id, again);
    const delayMs = Math.min(longestDelayMs, again - now);
    await ports.queue.send({ about: 'outbox', why: 'try again' }, { delayMs });
    ports.log.warn('notice.failed', { id, channel, againInMs: again - now, error: describeError(error) });
  }
}
