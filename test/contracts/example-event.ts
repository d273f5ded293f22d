/** An event for contract suites and tests of flows; give only what the test is about. */
import type { Event } from '../../lib/core/event/event.ts';

type Started = Extract<Event, { type: 'sync.started' }>;

export function exampleEvent(given: { id: string; at?: string; application?: string; why?: string }): Started {
  return {
    at: '2026-05-01T12:00:00.000Z',
    application: 'shop',
    cluster: 'prod',
    who: 'Ann <ann@example.com>',
    why: 'push 1a2b3c4 "Scale to 5"',
    type: 'sync.started',
    revision: '1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d',
    ...given,
  };
}
