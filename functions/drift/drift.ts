/** The minute's work, called by the schedule: overdue wake-ups, heads of repositories, sweeps, notices. */
import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { tick } from '../../lib/flow/tick.ts';
import type { Ports } from '../../lib/ports/ports.ts';

/** What it throws fails the invocation, which the schedule tries again and the alarm counts. */
export function drift(ports: Ports) {
  return middy<Partial<ScheduledEvent>, void>().handler(() => tick(ports));
}
