/** Has notify tell two notices: to a channel, and to the Git host of an Application. It answers no request, so its log says why one was not told. */
import { randomUUID } from 'node:crypto';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import { until } from '../../../infra/aws/verify/until.ts';
import { application } from '../../../infra/aws/verify/write-files.ts';
import { exampleEvent } from '../../contracts/example-event.ts';
import type { Refusal } from './attempt.ts';
import { invoke } from './invoke.ts';
import type { Installation } from './open-installation.ts';

const refusal = z.object({ code: z.string(), hint: z.string() });
const told = z.object({ name: z.enum(['invocation.failed', 'notice.failed']), error: refusal });
const muchLaterMs = 24 * 60 * 60_000;

export async function tellNotices(installation: Installation): Promise<Refusal[]> {
  const { events, outbox } = installation.store;
  const startedAt = Date.now();
  const event = exampleEvent({ id: randomUUID(), at: new Date().toISOString(), application });
  await events.append([{ event, channels: ['commit-status/hub', 'slack/team'] }]);
  await invoke(installation, 'notify', {});
  const left = await outbox.take({ now: Date.now() + muchLaterMs, limit: 50, forMs: 0 });
  for (const { id } of left) await outbox.done(id);
  return left.length === 0 ? [] : readRefusals(installation, startedAt);
}

async function readRefusals({ setting, resources }: Installation, startTime: number): Promise<Refusal[]> {
  const logs = new CloudWatchLogsClient({ region: setting.region, ...setting.aws });
  const logGroupName = `/aws/lambda/${resources.get('NotifyLambdaFunction')}`;
  let refusals: Refusal[] = [];
  await until('the log of notify says why a notice was not told', 20_000, async () => {
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
