/** What is known of an Application nobody has looked at yet. */
import type { ApplicationState } from './application-state.ts';

export function initialState(name: string): ApplicationState {
  return {
    name,
    operation: null,
    synced: null,
    failed: null,
    record: null,
    sync: 'Unknown',
    health: { status: 'Unknown', because: 'not looked at yet', since: 0 },
    kinds: [],
    condition: null,
    unreadSince: null,
    blocked: null,
    warnings: [],
    drifted: [],
    heals: {},
    history: 0,
    rollback: null,
    heldBack: null,
  };
}
