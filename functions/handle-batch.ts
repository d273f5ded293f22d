/** Handles a batch from SQS and names the messages that shall come again; the others are done. */
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { mayRetry } from '../lib/core/fault/fault.ts';
import type { Log } from '../lib/ports/log.ts';
import type { Message } from '../lib/ports/queue.ts';
import { readMessage } from './read-message.ts';

/** Waiting cannot cure what is dropped: it is on the record, and the tick looks again anyway. */
export async function handleBatch(
  { Records }: SQSEvent,
  handle: (message: Message) => Promise<void>,
  log: Log,
): Promise<SQSBatchResponse> {
  const failures = await Promise.all(Records.map((record) => handleRecord(record, handle, log)));
  return { batchItemFailures: failures.filter((failure) => failure !== null) };
}

async function handleRecord(
  { messageId, body }: SQSRecord,
  handle: (message: Message) => Promise<void>,
  log: Log,
): Promise<SQSBatchItemFailure | null> {
  const message = readMessage(body);
  if (message === null) {
    log.error('message.unreadable', { messageId, sizeBytes: body.length });
    return null;
  }
  try {
    await handle(message);
    return null;
  } catch (error) {
    log.error('message.failed', { messageId, message }, error);
    return mayRetry(error) ? { itemIdentifier: messageId } : null;
  }
}
