/** One sync of the history; give only what the test is about. */
import type { HistoryEntry } from '../../../lib/core/history/history-entry.ts';

export function anEntry(given: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id: 1,
    kind: 'full',
    operation: 'op-1',
    at: '2026-05-01T12:00:00.000Z',
    revision: 'a'.repeat(40),
    result: 'succeeded',
    health: 'Healthy',
    counts: { created: 0, updated: 1, pruned: 0, kept: 0 },
    durationMs: 900,
    who: 'Ann',
    why: 'push',
    message: '',
    url: '',
    fault: null,
    source: 'parameters-1',
    ...given,
  };
}
