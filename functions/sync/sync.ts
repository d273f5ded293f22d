/** Wake-ups from SQS: each one is handled, and those that waiting may cure come again. */
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { giveBack } from '../give-back.ts';
import { handleBatch } from '../handle-batch.ts';
import type { Visibility } from '../keep-invisible.ts';
import { type Around, type Open, untilKilled } from '../open.ts';

export type SyncParts = { ports: Ports };

/** `inbox`: of the queue that sends the events, to say when a message comes again. `maxReceiveCount`: as in its redrive policy. */
export type SyncAround = Around & Visibility & { maxReceiveCount?: number };

export function sync(open: Open<SyncParts>, { maxReceiveCount = 5, middleware = [], ...visibility }: SyncAround) {
  return middy<SQSEvent, SQSBatchResponse>(untilKilled)
    .use(middleware)
    .handler(async (event, context) => {
      const { ports } = await open().catch(async (error: unknown) => {
        await giveBack(event, error, visibility);
        throw error;
      });
      return handleBatch(event, {
        handle: (message) => handleMessage(message, ports),
        remaining: () => context.getRemainingTimeInMillis(),
        maxReceiveCount,
        ...visibility,
      });
    });
}
