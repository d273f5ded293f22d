/** Handles a batch from SQS and names the messages that shall come again; the others are done. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type ReadBody, readBody } from '../lib/adapters/sqs/message-body.ts';
import { Fault, mayRetry } from '../lib/core/fault/fault.ts';
import { inParallel } from '../lib/flow/in-parallel.ts';
import type { Message } from '../lib/ports/queue.ts';
import { backoffMs } from './give-back.ts';
import { keepInvisible, type Visibility } from './keep-invisible.ts';

export type Batch = Visibility & {
  handle(message: Message): Promise<void>;
  /** Of the function, in ms. */
  remaining(): number;
  /** As in the queue's redrive policy: a message that failed so often goes to the dead letters. */
  maxReceiveCount: number;
};

const parallel = 5;
/** What is begun later would be killed half-way: harmless, and yet a wait of two minutes for nothing. */
const leastRemainingMs = 60_000;

export async function handleBatch({ Records }: SQSEvent, batch: Batch): Promise<SQSBatchResponse> {
  const kept = Records.map((record) => ({ record, release: keepInvisible(record.receiptHandle, batch) }));
  const outcomes = await inParallel(kept, (each) => handleRecord(each, batch), parallel);
  // An id that is not of this batch, or an empty one, would make AWS give back all of it.
  const again = Records.filter((_, at) => outcomes[at] === 'again');
  return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

type Kept = { record: SQSRecord; release(): Promise<void> };
type Outcome = 'done' | 'again' | 'dropped';

async function handleRecord({ record, release }: Kept, batch: Batch): Promise<Outcome> {
  const { messageId, body, attributes } = record;
  const read = readBody(body);
  const deliveries = Number(attributes.ApproximateReceiveCount);
  if (read.is === 'garbage') {
    batch.log.error('message.unreadable', { messageId, sizeBytes: body.length });
    await release();
    return 'dropped';
  }
  const facts = { messageId, deliveries, ...(read.is === 'message' && { message: read.message }) };
  try {
    await take(read, facts, batch);
    await release();
    return 'done';
  } catch (error) {
    await release();
    return settle(error, { record, facts, deliveries }, batch);
  }
}

type Facts = { messageId: string; deliveries: number; message?: Message };

async function take(read: Exclude<ReadBody, { is: 'garbage' }>, facts: Facts, batch: Batch): Promise<void> {
  const { log, now, handle } = batch;
  const remainingMs = batch.remaining();
  if (remainingMs < leastRemainingMs) throw new Fault('queue.no_time', { remainingMs });
  if (read.is === 'newer') throw new Fault('queue.newer_message', { messageId: facts.messageId });
  // A dead letter is explained by this even when every function that had it was killed.
  if (facts.deliveries > 1) log.warn('message.came_again', facts);
  const startedAt = now();
  await handle(read.message);
  log.info('message.handled', { ...facts, durationMs: now() - startedAt });
}

/** Waiting cannot cure what is dropped, or the tick does it anew: a cluster or a Git host may be down for days. */
async function settle(
  error: unknown,
  { record, facts, deliveries }: { record: SQSRecord; facts: Facts; deliveries: number },
  { inbox, log, now, maxReceiveCount }: Batch,
): Promise<Outcome> {
  const outcome = mayRetry(error) && !isRepeated(error, facts) ? 'again' : 'dropped';
  const last = outcome === 'again' && deliveries >= maxReceiveCount;
  log.error(last ? 'message.given_up' : 'message.failed', { ...facts, outcome }, error);
  if (outcome === 'dropped') return outcome;
  const waitMs = last || isOutOfTime(error) ? 0 : backoffMs(deliveries);
  await inbox.again(record.receiptHandle, now() + waitMs).catch((because: unknown) => {
    // It comes again nevertheless, when the last beat's time is over.
    log.warn('message.not_kept', { messageId: facts.messageId, because: String(because) });
  });
  return outcome;
}

/** The tick, and for notices its own schedule, send another one within a minute. What looks like a bug is for the dead letters. */
function isRepeated(error: unknown, { message }: Facts): boolean {
  if (!(error instanceof Fault) || message === undefined || isOutOfTime(error)) return false;
  return message.about === 'cluster' || message.about === 'fleet' || message.about === 'outbox';
}

function isOutOfTime(error: unknown): boolean {
  return error instanceof Fault && error.code === 'queue.no_time';
}
