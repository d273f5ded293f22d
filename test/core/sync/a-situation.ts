/** Applications in every situation, for tables of what is done next; give only what the case is about. */
import type {
  ApplicationState,
  Failed,
  Hold,
  Synced,
  SyncRequest,
} from '../../../lib/core/application/application-state.ts';
import { initialState } from '../../../lib/core/application/initial-state.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { openGate } from '../../../lib/core/sync/gate.ts';
import type { Situation, Target } from '../../../lib/core/sync/next-step.ts';

export const now = 100_000;
export const old = 'a'.repeat(40);
export const wanted = 'b'.repeat(40);
export const newest = 'c'.repeat(40);

/** Automated, synced at `old`, and Git wants `wanted`. */
export function aSituation({
  state = {},
  ...given
}: Partial<Omit<Situation, 'state'>> & { state?: Partial<ApplicationState> } = {}): Situation {
  return {
    automated: true,
    leaving: false,
    state: { ...initialState('shop'), synced: synced(old), ...state },
    approved: false,
    request: null,
    hold: null,
    suspectsDueAt: null,
    gate: openGate,
    target: target(wanted),
    now,
    ...given,
  };
}

export function target(revision: string, given: Partial<Target> = {}): Target {
  return { revision, sourceHash: 'source-1', sameInputs: false, ...given };
}

export function synced(revision: string, given: Partial<Synced> = {}): Synced {
  return { revision, sourceHash: 'source-1', reads: {}, at: 1, ...given };
}

export function failed(revision: string, given: Partial<Failed> = {}): Failed {
  return { revision, sourceHash: 'source-1', fault: gitDown, attempts: 1, retryAt: null, ...given };
}

export function aRequest(given: Partial<SyncRequest> = {}): SyncRequest {
  return { id: 'request-1', who: 'Bea', revision: null, prune: false, confirmed: false, ...given };
}

export const held: Hold = { who: 'Bea', reason: 'looking', since: 1, until: null };

export const gitDown = new Fault('git.unreachable', { repoURL: 'https://git.example.com/team/shop.git' }).report();
