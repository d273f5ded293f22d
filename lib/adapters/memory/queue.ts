/** A queue in memory, for unit tests: delay, visibility, at least once. */
import type { Clock } from '../../ports/clock.ts';
import type { Inbox, Message, Queue } from '../../ports/queue.ts';

type Waiting = { id: number; message: Message; dueAt: number; deliveries: number };

export function memoryQueue(now: Clock): Queue & Inbox {
  const waiting = new Map<number, Waiting>();
  let sent = 0;

  /** A receipt names one delivery: once the message has come again, the old receipt moves nothing. */
  function delivered(receipt: string): Waiting | undefined {
    return [...waiting.values()].find((each) => receiptOf(each) === receipt);
  }

  return {
    async send(message, { delayMs = 0 } = {}) {
      sent += 1;
      waiting.set(sent, { id: sent, message: structuredClone(message), dueAt: now() + delayMs, deliveries: 0 });
    },
    async receive({ max, now, forMs }) {
      const due = [...waiting.values()].filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
      return due.slice(0, max).map((each) => {
        each.dueAt = now + forMs;
        each.deliveries += 1;
        return {
          message: structuredClone(each.message),
          deliveries: each.deliveries,
          receipt: receiptOf(each),
        };
      });
    },
    async done(receipt) {
      const each = delivered(receipt);
      if (each !== undefined) waiting.delete(each.id);
    },
    async again(receipt, at) {
      const each = delivered(receipt);
      if (each !== undefined) each.dueAt = at;
    },
    depth: async () => waiting.size,
  };
}

function receiptOf({ id, deliveries }: Waiting): string {
  return `${id}/${deliveries}`;
}
