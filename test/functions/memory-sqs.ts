/** An SQS standard queue in memory, on the clock of the test: it gives single messages to the sync function, and has dead letters. */
import type { SQSRecord } from 'aws-lambda';
import { type Batch, handleBatch } from '../../functions/handle-batch.ts';
import { writeBody } from '../../lib/adapters/sqs/message-body.ts';
import type { Clock } from '../../lib/ports/clock.ts';
import type { Queue } from '../../lib/ports/queue.ts';
import { sqsEvent } from './lambda-events.ts';

type Letter = { messageId: string; body: string; visibleAt: number; received: number };

export type MemorySqs = {
  queue: Queue;
  /** As if somebody, or SQS once more, had put it there. */
  put(body: string, options?: { delayMs?: number }): void;
  /** Every body that was ever sent, in order, and its delay. */
  sent: { body: string; delayMs: number }[];
  deadLetters: Letter[];
  /** Ids of what has come to nothing else yet. */
  waiting(): string[];
  /** When the next one can be received; null: there is none. */
  nextAt(): number | null;
  /** Receives one that is visible, which `pick` chooses, and has it handled. False: there was none. */
  deliver(
    batch: Omit<Batch, 'inbox' | 'now' | 'maxReceiveCount'>,
    pick?: (visible: number) => number,
  ): Promise<boolean>;
};

/** As infra/aws/queues.yml has them. */
const maxReceiveCount = 5;
const visibilityMs = 1_800_000;

export function memorySqs(now: Clock): MemorySqs {
  const letters = new Map<string, Letter>();
  const sent: MemorySqs['sent'] = [];
  const deadLetters: Letter[] = [];

  /** A receipt is the id and how often it was received: an old one moves nothing. */
  function receivedBy(receipt: string): Letter | undefined {
    const [messageId = '', received] = receipt.split('/');
    const letter = letters.get(messageId);
    return letter?.received === Number(received) ? letter : undefined;
  }

  const inbox: Batch['inbox'] = {
    async again(receipt, at) {
      const letter = receivedBy(receipt);
      if (letter !== undefined) letter.visibleAt = Math.max(at, now());
    },
  };

  function put(body: string, { delayMs = 0 } = {}) {
    const messageId = `m-${sent.length + 1}`;
    sent.push({ body, delayMs });
    letters.set(messageId, { messageId, body, visibleAt: now() + delayMs, received: 0 });
  }

  function receive(pick: (visible: number) => number): Letter | null {
    for (;;) {
      const visible = [...letters.values()].filter(({ visibleAt }) => visibleAt <= now());
      const letter = visible[pick(visible.length)];
      if (letter === undefined) return null;
      letter.received += 1;
      letter.visibleAt = now() + visibilityMs;
      if (letter.received <= maxReceiveCount) return letter;
      letters.delete(letter.messageId);
      deadLetters.push(letter);
    }
  }

  return {
    queue: {
      async send(message, { delayMs = 0 } = {}) {
        put(writeBody(message), { delayMs: Math.ceil(Math.max(0, Math.min(delayMs, 900_000)) / 1000) * 1000 });
      },
    },
    put,
    sent,
    deadLetters,
    waiting: () => [...letters.keys()],
    nextAt: () => (letters.size === 0 ? null : Math.min(...[...letters.values()].map(({ visibleAt }) => visibleAt))),
    async deliver(batch, pick = () => 0) {
      const letter = receive(pick);
      if (letter === null) return false;
      const event = { Records: sqsEvent(letter.body).Records.map((record) => ({ ...record, ...recordOf(letter) })) };
      const { batchItemFailures } = await handleBatch(event, { ...batch, inbox, now, maxReceiveCount });
      if (batchItemFailures.length === 0) letters.delete(letter.messageId);
      return true;
    },
  };
}

function recordOf({ messageId, received }: Letter): Pick<SQSRecord, 'messageId' | 'receiptHandle' | 'attributes'> {
  return {
    messageId,
    receiptHandle: `${messageId}/${received}`,
    attributes: {
      ApproximateReceiveCount: String(received),
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
    },
  };
}
