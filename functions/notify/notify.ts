/** Sends the notices that are due, called by a schedule: those that a sync sent itself are not due any more. */
import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { sendNotices } from '../../lib/flow/send-notices.ts';
import type { Ports } from '../../lib/ports/ports.ts';

export function notify(ports: Ports) {
  return middy<Partial<ScheduledEvent>, { sent: number }>().handler(async () => ({ sent: await sendNotices(ports) }));
}
