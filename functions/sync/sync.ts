/** Wake-ups from SQS: each one is handled, and those that waiting may cure come again. */
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { handleBatch } from '../handle-batch.ts';

export function sync(ports: Ports) {
  return middy<SQSEvent, SQSBatchResponse>().handler((event) =>
    handleBatch(event, (message) => handleMessage(message, ports), ports.log),
  );
}
