/** Reads in the log of a function why something was not done: nobody else is told what is wrong on our side. */
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import { until } from '../../../infra/aws/verify/until.ts';
import type { Refusal } from './attempt.ts';
import { physicalId } from './invoke.ts';
import type { Installation } from './open-installation.ts';

const told = z.object({
  name: z.enum(['invocation.failed', 'notice.failed', 'request.failed']),
  error: z.object({ code: z.string(), hint: z.string() }),
});

/** Waits for the first of them. `startTime`: what was written before counts no more. */
export async function readRefusals(installation: Installation, name: string, startTime: number): Promise<Refusal[]> {
  const { region, aws } = installation.setting;
  const logs = new CloudWatchLogsClient({ region, ...aws });
  const logGroupName = `/aws/lambda/${physicalId(installation, name, 'LambdaFunction')}`;
  let refusals: Refusal[] = [];
  await until(`the log of ${name} says what was refused`, 30_000, async () => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, startTime }));
    refusals = events.flatMap(({ message = '' }) => readLine(message));
    return refusals.length > 0;
  });
  logs.destroy();
  return refusals;
}

function readLine(line: string): Refusal[] {
  if (!line.startsWith('{')) return [];
  const { success, data } = told.safeParse(JSON.parse(line));
  return success ? [{ check: data.name, ...data.error }] : [];
}
