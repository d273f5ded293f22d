/** Has notify tell two notices: to a channel, and to the Git host of an Application. */
import { randomUUID } from 'node:crypto';
import { application } from '../../../infra/aws/verify/write-files.ts';
import { exampleEvent } from '../../contracts/example-event.ts';
import type { Refusal } from './attempt.ts';
import { invoke } from './invoke.ts';
import type { Installation } from './open-installation.ts';
import { readRefusals } from './read-refusals.ts';

const muchLaterMs = 24 * 60 * 60_000;

/** What was not told is forgotten. */
export async function tellNotices(installation: Installation): Promise<Refusal[]> {
  const { events, outbox } = installation.store;
  const startedAt = Date.now();
  const event = exampleEvent({ id: randomUUID(), at: new Date().toISOString(), application });
  await events.append([{ event, channels: ['commit-status/hub', 'slack/team'] }]);
  await invoke(installation, 'notify', {});
  const left = await outbox.take({ now: Date.now() + muchLaterMs, limit: 50, forMs: 0 });
  for (const { id } of left) await outbox.done(id);
  return left.length === 0 ? [] : readRefusals(installation, 'notify', startedAt);
}
