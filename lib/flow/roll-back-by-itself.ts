/** Follows the policy `trueup.dev/auto-rollback`: back to the last revision that was healthy, once, and held there. */
import type { Event } from '../core/event/event.ts';
import { Fault } from '../core/fault/fault.ts';
import { opensPullRequest, type PendingRollback } from '../core/history/auto-rollback.ts';
import { lastHealthy } from '../core/history/choose-rollback.ts';
import { chooseEntry } from './choose-destination.ts';
import { listHistory } from './list-history.ts';
import type { Outcome, Run } from './outcome.ts';
import { proposeRevert, type RevertWish } from './propose-revert.ts';
import { refreshHealth } from './refresh-health.ts';
import { rollBack } from './roll-back.ts';

const searched = 200;

export async function rollBackByItself(pending: PendingRollback, run: Run): Promise<Outcome> {
  const { entry, ports } = run;
  const { name, historyLimit } = entry.application;
  const fresh = await refreshHealth(entry, ports);
  const state = { ...fresh, rollback: null };
  // It got well while nobody looked.
  if (state.health.status === 'Healthy') return { state };
  const history = await listHistory({ application: name, limit: searched, keep: historyLimit }, ports);
  const to = lastHealthy(history, pending);
  if (to === null) return { state, events: [impossible(pending, run)] };
  const reason = `${pending.revision.slice(0, 7)} did not work out: ${pending.because}`;
  const wish = { who: 'trueup', reason, until: null, confirmed: false, automatic: true };
  await rollBack(entry, await chooseEntry(name, to, ports), wish, ports);
  await propose({ from: pending.revision, to: to.revision, who: wish.who, reason }, run);
  return { state };
}

/** The rollback has begun and goes on, whatever the Git host says to this. */
async function propose(wish: RevertWish, { entry, ports }: Run): Promise<void> {
  if (!opensPullRequest(entry.application)) return;
  try {
    await proposeRevert(entry, wish, ports);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn('rollback.not_proposed', { application: entry.application.name, ...error.report() });
  }
}

function impossible({ revision, because }: PendingRollback, { entry, ports }: Run): Event {
  return {
    id: `${entry.application.name}-rollback-${entry.state.history}-${revision}`,
    at: new Date(ports.now()).toISOString(),
    application: entry.application.name,
    cluster: entry.cluster,
    who: 'trueup',
    why: because,
    type: 'rollback.impossible',
    from: revision,
    because: 'no other revision of it was ever healthy',
  };
}
