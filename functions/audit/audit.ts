/** The audit logs of EKS clusters, delivered by subscriptions of CloudWatch Logs: a hand edit is looked at within seconds. */
import middy from '@middy/core';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { type AuditPorts, type AuditReceipt, receiveAudit } from '../../lib/flow/receive-audit.ts';
import { type Around, type Open, untilKilled } from '../open.ts';
import { readLogBatch } from './read-log-batch.ts';

/** What cannot be read is logged and dropped, since it would be delivered again and again. What the queue or the store refuses is thrown: then it is. */
export function audit(open: Open<AuditPorts>, { middleware = [] }: Around = {}) {
  return middy<CloudWatchLogsEvent, AuditReceipt | null>(untilKilled)
    .use(middleware)
    .handler(async (event) => {
      const batch = readLogBatch(event);
      if (batch.kind === 'audit') return receiveAudit(batch, await open());
      if (batch.kind === 'unreadable') {
        const { log } = await open();
        log.error('audit.unreadable', { because: batch.because });
      }
      return null;
    });
}
