/** Takes wake-ups from the queue and has them handled, several at once, but never two about the same thing. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mayRetry } from '../../lib/core/fault/fault.ts';
import type { Clock } from '../../lib/ports/clock.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Inbox, Message, Received } from '../../lib/ports/queue.ts';

export type Worker = {
  start(): void;
  /** Looks into the queue at once: something was just put there. */
  nudge(): void;
  /** Takes nothing more and waits for what is under way. */
  stop(): Promise<void>;
};

export type WorkerOptions = {
  inbox: Inbox;
  handle(message: Message): Promise<void>;
  /** Called after each message, for metrics. */
  handled?(message: Message, outcome: Outcome, durationMs: number): void;
  log: Log;
  now: Clock;
  parallel?: number;
  pollMs?: number;
};

export type Outcome = 'done' | 'again' | 'dropped';

/** Longer than any step takes; a message whose worker died comes again after it. */
const invisibleMs = 5 * 60_000;
const waitForTwinMs = 250;
const longestBackoffMs = 60_000;
const mostDeliveries = 10;

export function createWorker({ inbox, handle, handled, log, now, parallel = 8, pollMs = 200 }: WorkerOptions): Worker {
  const underWay = new Map<string, Promise<void>>();
  let stopping = false;
  let wake = new AbortController();

  const take = async (received: Received): Promise<void> => {
    const { message } = received;
    const startedAt = now();
    const outcome = await settle(received, () => handle(message), { inbox, log, now });
    // What was handled may have put more into the queue.
    wake.abort();
    handled?.(message, outcome, now() - startedAt);
  };

  const work = async (): Promise<void> => {
    while (!stopping) {
      const free = parallel - underWay.size;
      const received = free > 0 ? await receive(inbox, { max: free, now: now(), forMs: invisibleMs }, log) : [];
      for (const delivery of received) {
        const about = subject(delivery.message);
        if (underWay.has(about)) await inbox.again(delivery.receipt, now() + waitForTwinMs).catch(() => {});
        else
          underWay.set(
            about,
            take(delivery).finally(() => underWay.delete(about)),
          );
      }
      if (received.length === 0) await pause(pollMs, wake.signal);
      if (wake.signal.aborted) wake = new AbortController();
    }
  };
  let loop = Promise.resolve();

  return {
    start() {
      loop = work();
    },
    nudge: () => wake.abort(),
    async stop() {
      stopping = true;
      wake.abort();
      await loop;
      await Promise.all(underWay.values());
    },
  };
}

/** What waiting can cure comes again, later each time; what it cannot is logged and dropped: the tick looks again anyway. */
async function settle(
  { message, receipt, deliveries }: Received,
  handle: () => Promise<void>,
  { inbox, log, now }: { inbox: Inbox; log: Log; now: Clock },
): Promise<Outcome> {
  try {
    await handle();
    await inbox.done(receipt);
    return 'done';
  } catch (error) {
    log.error('message.failed', { message, deliveries }, error);
    const again = mayRetry(error) && deliveries < mostDeliveries;
    const backoffMs = Math.min(longestBackoffMs, 1000 * 2 ** (deliveries - 1));
    // When the store itself fails here, the message comes again once it is visible.
    await (again ? inbox.again(receipt, now() + backoffMs) : inbox.done(receipt)).catch(() => {});
    return again ? 'again' : 'dropped';
  }
}

async function receive(inbox: Inbox, options: Parameters<Inbox['receive']>[0], log: Log): Promise<Received[]> {
  try {
    return await inbox.receive(options);
  } catch (error) {
    log.error('queue.failed', {}, error);
    return [];
  }
}

function subject(message: Message): string {
  const { why: _, trace: __, ...about } = message;
  return JSON.stringify(about);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
