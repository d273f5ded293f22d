/** Gives messages of SQS back when the function could not even begin: sooner than the queue's own half an hour. */
import type { SQSEvent } from 'aws-lambda';
import { mayRetry } from '../lib/core/fault/fault.ts';
import type { Visibility } from './keep-invisible.ts';

const firstBackoffMs = 10_000;
const longestBackoffMs = 900_000;

/** `deliveries`: so far, this one included. */
export function backoffMs(deliveries: number): number {
  return Math.min(longestBackoffMs, firstBackoffMs * 2 ** (deliveries - 1));
}

/** No message is at fault, so none is dropped: where a person has to act first, they come again as late as they may. */
export async function giveBack({ Records }: SQSEvent, error: unknown, { inbox, log, now }: Visibility): Promise<void> {
  await Promise.all(
    Records.map(async ({ receiptHandle, messageId, attributes }) => {
      const waitMs = mayRetry(error) ? backoffMs(Number(attributes.ApproximateReceiveCount)) : longestBackoffMs;
      await inbox.again(receiptHandle, now() + waitMs).catch((because: unknown) => {
        log.warn('message.not_kept', { messageId, because: String(because) });
      });
    }),
  );
}
