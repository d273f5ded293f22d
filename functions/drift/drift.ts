/** The minute's work, called by the schedule: overdue wake-ups, heads of repositories, sweeps. */
import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { type TickPorts, tick } from '../../lib/flow/tick.ts';
import { type Around, type Open, untilKilled } from '../open.ts';

/** What it throws fails the invocation, which the schedule tries again and the alarm counts. */
export function drift(open: Open<TickPorts>, { middleware = [] }: Around = {}) {
  return middy<Partial<ScheduledEvent>, void>(untilKilled)
    .use(middleware)
    .handler(async () => tick(await open()));
}
