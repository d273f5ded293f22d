/** Keeps a message of SQS from others while it is handled, and no longer: a killed function's comes again within two minutes. */
import type { Clock } from '../lib/ports/clock.ts';
import type { Log } from '../lib/ports/log.ts';
import type { Inbox } from '../lib/ports/queue.ts';

export type Visibility = { inbox: Pick<Inbox, 'again'>; log: Log; now: Clock };

/** The queue's own visibility has to outlast the whole function, half an hour; this has to outlast two missed beats. */
const invisibleMs = 120_000;
const beatMs = 40_000;

/** The result ends it, and resolves when no beat can come later than what is done next. */
export function keepInvisible(receipt: string, { inbox, log, now }: Visibility): () => Promise<void> {
  const beat = () =>
    inbox.again(receipt, now() + invisibleMs).catch((error: unknown) => {
      log.warn('message.not_kept', { because: String(error) });
    });
  let last = beat();
  const timer = setInterval(() => {
    last = last.then(beat);
  }, beatMs);
  return () => {
    clearInterval(timer);
    return last;
  };
}
