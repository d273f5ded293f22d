/** Wake-ups from SQS: each one is handled, and those that waiting may cure come again. */
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Inbox } from '../../lib/ports/queue.ts';
import { handleBatch } from '../handle-batch.ts';
import type { Around, Open } from '../open.ts';

/** `inbox`: of the queue that sends the events, to say when a message comes again. */
export type SyncParts = { ports: Ports; inbox: Pick<Inbox, 'again'> };

/** `maxReceiveCount`: as in the queue's redrive policy. */
export function sync(
  open: Open<SyncParts>,
  { maxReceiveCount = 5, middleware = [] }: Around & { maxReceiveCount?: number } = {},
) {
  return middy<SQSEvent, SQSBatchResponse>()
    .use(middleware)
    .handler(async (event, context) => {
      const { ports, inbox } = await open();
      const { log, now } = ports;
      return handleBatch(event, {
        handle: (message) => handleMessage(message, ports),
        remaining: () => context.getRemainingTimeInMillis(),
        maxReceiveCount,
        inbox,
        log,
        now,
      });
    });
}
