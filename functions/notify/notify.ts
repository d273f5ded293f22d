/** Sends the notices that are due, called by a schedule: those that a sync sent itself are not due any more. */
import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { type NoticePorts, sendNotices } from '../../lib/flow/send-notices.ts';
import { type Around, type Open, untilKilled } from '../open.ts';

export function notify(open: Open<NoticePorts>, { middleware = [] }: Around = {}) {
  return middy<Partial<ScheduledEvent>, { sent: number }>(untilKilled)
    .use(middleware)
    .handler(async () => ({
      sent: await sendNotices(await open()),
    }));
}
