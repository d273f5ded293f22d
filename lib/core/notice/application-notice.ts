/** That the fleet changed, or that a document in it cannot be used. */
import type { Event } from '../event/event.ts';
import type { NoticeBody } from './notice-text.ts';
import { sayFault } from './sync-notice.ts';

export function writeApplicationNotice(event: Extract<Event, { type: `application.${string}` }>): NoticeBody {
  const { application } = event;
  const cause = `${event.who}: ${event.why}`;
  switch (event.type) {
    case 'application.added':
      return { tone: 'info', title: `${application} was added to the fleet`, lines: [cause] };
    case 'application.changed':
      return { tone: 'info', title: `${application} was changed in the fleet`, lines: [cause] };
    case 'application.removed':
      return { tone: 'warning', title: `${application} was removed from the fleet`, lines: [cause] };
    case 'application.invalid':
      return {
        tone: 'bad',
        title: `The document of ${application} cannot be used`,
        lines: [...sayFault(event.fault), cause],
      };
  }
}
