/** That somebody ran an action on an object. */
import type { Event } from '../event/event.ts';
import { sayAction } from '../event/say-action.ts';
import { formatKey } from '../object/object-key.ts';
import type { NoticeBody } from './notice-text.ts';
import { sayChanges } from './say-changes.ts';

export function writeActionNotice(event: Extract<Event, { type: 'action.run' | 'action.failed' }>): NoticeBody {
  const title = `${event.application}: ${sayAction(event.action)} on ${formatKey(event.object)}`;
  const who = `${event.who}: ${event.why}`;
  if (event.type === 'action.failed')
    return { tone: 'bad', title: `${title} failed`, lines: [event.fault.message, event.fault.hint, who] };
  const created = event.created.map((key) => `Created ${formatKey(key)}`);
  return { tone: 'info', title, lines: [...created, ...sayChanges(event.diff), who] };
}
