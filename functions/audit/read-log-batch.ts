/** Reads what a subscription of CloudWatch Logs delivers: gzipped lines of one log stream. */
import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import * as z from 'zod';

/** `ignored`: none of an EKS audit log. `unreadable`: not as AWS describes it. */
export type LogBatch =
  | { kind: 'audit'; eks: string; lines: string[] }
  | { kind: 'ignored'; logGroup: string; logStream: string }
  | { kind: 'unreadable'; because: string };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
const delivered = z.object({
  messageType: z.enum(['DATA_MESSAGE', 'CONTROL_MESSAGE']),
  logGroup: z.string().default(''),
  logStream: z.string().default(''),
  logEvents: z.array(z.object({ message: z.string() })).default([]),
});

/** Several times what CloudWatch Logs packs into one delivery, and what a function of 512 MB can hold while it is parsed. */
const longestBytes = 64 * 1024 * 1024;

export function readLogBatch({ awslogs }: CloudWatchLogsEvent): LogBatch {
  let parsed: ReturnType<typeof delivered.safeParse>;
  try {
    const text = gunzipSync(Buffer.from(awslogs.data, 'base64'), { maxOutputLength: longestBytes }).toString('utf8');
    parsed = delivered.safeParse(JSON.parse(text));
  } catch (error) {
    return { kind: 'unreadable', because: error instanceof Error ? error.message : String(error) };
  }
  if (!parsed.success) return { kind: 'unreadable', because: z.prettifyError(parsed.error) };
  const { messageType, logGroup, logStream, logEvents } = parsed.data;
  const eks = /^\/aws\/eks\/([^/]+)\/cluster$/.exec(logGroup)?.[1];
  // The other logs of the control plane, `authenticator-…` for one, lie in the same group.
  const isAudit = messageType === 'DATA_MESSAGE' && logStream.startsWith('kube-apiserver-audit-');
  if (eks === undefined || !isAudit) return { kind: 'ignored', logGroup, logStream };
  return { kind: 'audit', eks, lines: logEvents.map(({ message }) => message) };
}
