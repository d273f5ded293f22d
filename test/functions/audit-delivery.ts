/** Deliveries of CloudWatch Logs as a subscription sends them to a function. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent } from 'aws-lambda';

/** A line of an audit log, from test/payloads/audit. */
export function auditLine(name: string): string {
  return JSON.stringify(readPayload(name));
}

/** A delivery of test/payloads/audit/delivery, with these lines added. */
export function auditDelivery(name: string, lines: readonly string[] = []): CloudWatchLogsEvent {
  const { logEvents, ...rest } = readPayload(`delivery/${name}`);
  const added = lines.map((message, index) => ({ id: String(index), timestamp: 1_777_636_980_000 + index, message }));
  return delivered(JSON.stringify({ ...rest, logEvents: [...logEvents, ...added] }));
}

export function delivered(text: string): CloudWatchLogsEvent {
  return { awslogs: { data: gzipSync(text).toString('base64') } };
}

function readPayload(name: string) {
  return JSON.parse(readFileSync(new URL(`../payloads/audit/${name}.json`, import.meta.url), 'utf8'));
}
