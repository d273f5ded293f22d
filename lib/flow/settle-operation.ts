/** Waits for health: looks once, and says when to look again. Nothing sleeps in here. */
import type { Synced } from '../core/application/application-state.ts';
import { syncWaits } from '../core/event/sync-events.ts';
import { Fault } from '../core/fault/fault.ts';
import { noteStuck } from '../core/sync/note-stuck.ts';
import type { Operation } from '../core/sync/operation.ts';
import { syncedBy } from '../core/sync/synced-by.ts';
import { explainHealth } from './explain-health.ts';
import { failOperation } from './fail-operation.ts';
import { finishOperation } from './finish-operation.ts';
import type { Outcome, Run } from './outcome.ts';
import { refreshHealth } from './refresh-health.ts';
import { removeHooks } from './remove-hooks.ts';

export async function settleOperation(operation: Operation, run: Run): Promise<Outcome> {
  const { entry, ports } = run;
  // A heal puts back what was there; whether that is healthy is watched like at any other time.
  if (operation.reason === 'heal') return finishOperation(operation, null, run);
  if (operation.reason === 'deletion') return succeed(operation, run);
  // What was left out may fare as it likes.
  if (operation.only !== null) return finishOperation(operation, null, run);
  const settling: Operation = { ...operation, phase: 'settling' };
  const lookedBefore = operation.phase === 'settling' ? entry.state.synced : null;
  const synced = lookedBefore ?? syncedBy(operation, ports.now());
  const state = { ...(await refreshHealth(entry, ports)), synced, operation: settling };
  const here = { ...run, entry: { ...entry, state } };
  if (state.health.status === 'Healthy' || state.health.status === 'Suspended') return succeed(settling, here);
  if (state.health.status === 'Degraded') {
    const because = await explainHealth(here.entry, ports);
    return failOperation(settling, new Fault('sync.degraded', { application: entry.application.name, because }), here);
  }
  const now = ports.now();
  const { reason = '' } = state.health;
  const noted = noteStuck(settling, reason, now);
  const occasion = { application: entry.application.name, cluster: entry.cluster, now };
  return {
    state: { ...state, operation: noted.operation },
    events: noted.tell ? [syncWaits(noted.operation, reason, occasion)] : [],
    rest: lookAgainAt(synced, now),
  };
}

/** As in Argo CD: a hook that is to go once it has succeeded goes when the whole sync has. With its Application every hook goes. */
async function succeed(operation: Operation, run: Run): Promise<Outcome> {
  const { reason, hooks } = operation;
  await removeHooks(
    hooks.filter(({ deletePolicies }) => reason === 'deletion' || deletePolicies.includes('HookSucceeded')),
    run,
  );
  return finishOperation(operation, null, run);
}

/** Often at first, when most rollouts end, and never rarer than every five seconds. */
function lookAgainAt({ at }: Synced, now: number): number {
  return now + Math.round(Math.min(5_000, Math.max(300, (now - at) / 4)));
}
