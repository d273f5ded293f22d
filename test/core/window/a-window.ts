/** Sync windows for tests; give only what the test is about. */
import type { SyncWindow } from '../../../lib/core/window/sync-window.ts';

/** Forbids everything from 22:00 to 23:00 UTC. */
export function aWindow(given: Partial<SyncWindow> = {}): SyncWindow {
  return {
    kind: 'deny',
    schedule: '0 22 * * *',
    duration: '1h',
    timeZone: 'UTC',
    applications: ['*'],
    namespaces: [],
    clusters: [],
    andOperator: false,
    manualSync: false,
    syncOverrun: false,
    description: '',
    ...given,
  };
}
