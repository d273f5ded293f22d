/** Searches the log of a function for what it last said about a message that failed. */
import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import { awsFault } from '../../../lib/core/aws/aws-fault.ts';
import type { LoggedFailure } from './installation.ts';

/** Of a fault `code`, of a bug `name`. */
const failed = z.object({
  name: z.enum(['message.failed', 'message.given_up']),
  error: z.object({
    code: z.string().optional(),
    name: z.string().optional(),
    message: z.string().default(''),
    hint: z.string().optional(),
  }),
});

/** The log is searched a part at a time, and most parts have nothing. */
const mostPages = 20;

export async function findLastFailure(
  client: CloudWatchLogsClient,
  {
    functionName,
    region,
    messageId,
    sentAt,
  }: { functionName: string; region: string; messageId: string; sentAt: number },
): Promise<LoggedFailure | null> {
  const logGroupName = `/aws/lambda/${functionName}`;
  let last: LoggedFailure | null = null;
  let nextToken: string | undefined;
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const filterPattern = `"${messageId}"`;
      const found = await client.send(
        new FilterLogEventsCommand({ logGroupName, filterPattern, startTime: sentAt, nextToken }),
      );
      for (const { message = '' } of found.events ?? []) last = readFailure(message) ?? last;
      nextToken = found.nextToken;
      if (nextToken === undefined) break;
    }
    return last;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return null;
    throw awsFault(error, { action: 'logs:FilterLogEvents', resource: logGroupName, region });
  }
}

function readFailure(line: string): LoggedFailure | null {
  try {
    const { error } = failed.parse(JSON.parse(line));
    const { code, name, message, hint = null } = error;
    return { message: `${code ?? name ?? 'an error'}: ${message}`, hint };
  } catch {
    return null;
  }
}
