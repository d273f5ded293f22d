/** A push of `shop` under way, for tests; give only what the test is about. */
import { type Operation, unplanned } from '../../../lib/core/sync/operation.ts';

export function anOperation(given: Partial<Operation> = {}): Operation {
  return {
    id: 'op-1',
    reason: 'push',
    who: 'Ann <ann@example.com>',
    revision: 'b'.repeat(40),
    commit: {
      sha: 'b'.repeat(40),
      message: 'Scale to 5\n\nBecause of the sale.',
      author: 'Ann',
      email: 'ann@example.com',
      at: '2026-05-01T11:59:00Z',
      url: 'https://git.example.com/team/shop/commit/bbbbbbb',
    },
    sourceHash: 'source-1',
    source: 'parameters-1',
    reads: {},
    phase: 'planning',
    ...unplanned,
    hooks: [],
    failure: null,
    only: null,
    counts: { created: 0, updated: 0, pruned: 0, kept: 0 },
    startedAt: 1_000,
    deadline: 601_000,
    blockedSince: null,
    attempt: 1,
    prune: true,
    confirmed: false,
    request: null,
    ...given,
  };
}
