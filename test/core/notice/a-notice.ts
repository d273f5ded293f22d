/** A notice of any event, owed to the channel `team`. */
import type { Event, EventBody } from '../../../lib/core/event/event.ts';
import type { Notice } from '../../../lib/core/notice/notice.ts';

export function aNotice(
  body: EventBody,
  more: Partial<Pick<Event, 'who' | 'at' | 'id'>> & { attempts?: number } = {},
): Notice {
  const { attempts = 0, ...fields } = more;
  const event: Event = {
    id: 'ev-1',
    at: '2026-03-02T12:05:00.000Z',
    application: 'shop',
    cluster: 'prod',
    who: 'Ann <ann@example.com>',
    why: 'push 1a2b3c4 "Scale to 5"',
    ...body,
    ...fields,
  };
  return { id: `${event.id}@team`, channel: 'team', event, attempts };
}
