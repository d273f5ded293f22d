/** A sync under way meets a sync window that keeps it back: it waits between two stages, and goes on when the window lets it. */
import { type Block, blockedBy } from '../core/sync/block.ts';
import type { Operation } from '../core/sync/operation.ts';
import type { Outcome, Run } from './outcome.ts';

export async function waitForWindow(operation: Operation, block: Block, { entry, ports }: Run): Promise<Outcome> {
  const { state } = entry;
  const now = ports.now();
  const heals = state.blocked?.heals ?? [];
  return {
    state: {
      ...state,
      blocked: blockedBy(block, state.blocked, { now, revision: operation.revision, heals }),
      condition: block.fault,
      operation: { ...operation, blockedSince: operation.blockedSince ?? now },
    },
    rest: block.lookAt,
  };
}

/** The time it waited is given back to it. */
export async function resumeOperation(operation: Operation, { entry, ports }: Run): Promise<Outcome> {
  const { state } = entry;
  const now = ports.now();
  const deadline = operation.deadline + now - (operation.blockedSince ?? now);
  return {
    state: {
      ...state,
      blocked: null,
      condition: state.failed?.fault ?? null,
      operation: { ...operation, deadline, blockedSince: null },
    },
  };
}

/** What was reported as drift meanwhile comes under suspicion again, and is healed. */
export async function endBlock({ entry, ports }: Run): Promise<Outcome> {
  const { state } = entry;
  const heals = state.blocked?.heals ?? [];
  if (heals.length > 0) await ports.wakes.suspect(state.name, heals, ports.now());
  return { state: { ...state, blocked: null } };
}
