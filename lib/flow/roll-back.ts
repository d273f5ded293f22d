/** Goes back to a revision that worked, and holds the Application there, or Git would win at once. */
import { Fault } from '../core/fault/fault.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication } from './find-application.ts';
import { holdApplication } from './hold-application.ts';
import { requestSync } from './request-sync.ts';

/** `to`: a revision; left out, the last one that succeeded before the present one. The id of the sync. */
export async function rollBack(name: string, { who, to }: { who: string; to?: string }, ports: Ports): Promise<string> {
  const { state } = await findApplication(name, ports);
  const revision = to ?? (await lastGood(name, state.synced?.revision ?? null, ports));
  await holdApplication(name, { who, reason: `rolled back to ${revision.slice(0, 7)}`, until: null }, ports);
  return requestSync(name, { who, revision, prune: true }, ports);
}

const searched = 500;

async function lastGood(application: string, present: string | null, ports: Ports): Promise<string> {
  const events = await ports.events.list({ application, limit: searched });
  const good = events.find(
    (event) => event.type === 'sync.finished' && event.result === 'succeeded' && event.revision !== present,
  );
  if (good?.type !== 'sync.finished') throw new Fault('sync.no_history', { application });
  return good.revision;
}
