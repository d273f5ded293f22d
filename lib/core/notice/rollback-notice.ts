/** That an Application went back, or could not, and which commits wait meanwhile. */
import type { Event } from '../event/event.ts';
import type { NoticeBody } from './notice-text.ts';
import { sayTime } from './say-time.ts';

type Told = Extract<Event, { type: 'push.held' | 'rollback.started' | 'rollback.impossible' | 'rollback.proposed' }>;

export function writeRollbackNotice(event: Told): NoticeBody {
  const { application } = event;
  switch (event.type) {
    case 'push.held':
      return {
        tone: 'warning',
        title: `${application}: ${short(event.revision)} is held back ${sayUntil(event)}`,
        lines: [`${event.by}: ${event.reason}`, `To let it go: trueup unhold ${application}`],
      };
    case 'rollback.started': {
      const entry = event.entry === null ? '' : ` (#${event.entry} of its history)`;
      return {
        tone: event.automatic ? 'bad' : 'warning',
        title: `${application}: back from ${short(event.from)} to ${short(event.to)}`,
        lines: [
          `${event.who}: ${event.why}`,
          `It goes to ${short(event.to)}${entry} and is on hold there ${sayUntil(event)}: pushes wait.`,
          `To go on: mend Git, then trueup unhold ${application}`,
        ],
      };
    }
    case 'rollback.impossible':
      return {
        tone: 'bad',
        title: `${application}: ${short(event.from)} stays, there is nothing to roll back to`,
        lines: [event.why, event.because],
      };
    case 'rollback.proposed':
      return {
        tone: 'info',
        title: `${application}: a pull request takes Git back to ${short(event.to)}`,
        lines: [`${event.who}: ${event.why}`],
        link: { url: event.url, label: 'the pull request' },
      };
  }
}

function short(revision: string): string {
  return revision === '' ? 'nothing' : revision.slice(0, 7);
}

function sayUntil({ at, until }: { at: string; until: string | null }): string {
  return until === null ? 'until somebody ends the hold' : `until ${sayTime(until, at)}`;
}
