/** Puts an event into words for people. One writer for each group of events, beside this file. */
import type { Event } from '../event/event.ts';
import { formatKey } from '../object/object-key.ts';
import { writeActionNotice } from './action-notice.ts';
import { writeApplicationNotice } from './application-notice.ts';
import { writeDriftNotice, writeFightNotice } from './drift-notice.ts';
import { writeHealthNotice } from './health-notice.ts';
import type { Notice } from './notice.ts';
import type { NoticeBody, NoticeText } from './notice-text.ts';
import { writeRollbackNotice } from './rollback-notice.ts';
import { sayChanges } from './say-changes.ts';
import { sayTime } from './say-time.ts';
import { writeFinishedNotice } from './sync-notice.ts';

export function writeNotice({ id, event }: Notice): NoticeText {
  const { link = null, ...body } = writeBody(event);
  return { ...body, link, footer: `${event.application} on ${event.cluster}, ${sayTime(event.at)}. Notice ${id}` };
}

function writeBody(event: Event): NoticeBody {
  switch (event.type) {
    case 'sync.started':
      return {
        tone: 'info',
        title: `${event.application}: sync to ${event.revision.slice(0, 7)} has started`,
        lines: [sayCause(event)],
      };
    case 'sync.waits':
      return {
        tone: 'warning',
        title: `${event.application}: the sync to ${event.revision.slice(0, 7)} does not get on`,
        lines: [...event.because.split('\n'), sayCause(event)],
      };
    case 'sync.finished':
      return writeFinishedNotice(event);
    case 'object.created':
    case 'object.updated':
    case 'object.recreated':
    case 'object.pruned': {
      const done = event.type.slice('object.'.length);
      return {
        tone: 'info',
        title: `${event.application}: ${formatKey(event.object)} ${done}`,
        lines: [...sayChanges(event.diff), sayCause(event)],
      };
    }
    case 'object.moved':
      return {
        tone: 'info',
        title: `${event.application}: ${formatKey(event.object)} moved to ${event.to}`,
        lines: [sayCause(event)],
      };
    case 'object.adopted':
      return {
        tone: 'info',
        title: `${event.application}: ${formatKey(event.object)} adopted${event.from === '' ? '' : ` from ${event.from}`}`,
        lines: [...sayChanges(event.diff), sayCause(event)],
      };
    case 'hook.ended':
      return {
        tone: event.result === 'succeeded' ? 'info' : 'bad',
        title: `${event.application}: ${event.phase} hook ${formatKey(event.object)} ${event.result}`,
        lines: [...(event.because === '' ? [] : [event.because]), sayCause(event)],
      };
    case 'action.run':
    case 'action.failed':
      return writeActionNotice(event);
    case 'drift.found':
      return writeDriftNotice(event);
    case 'drift.fighting':
      return writeFightNotice(event);
    case 'health.changed':
      return writeHealthNotice(event);
    case 'hold.set':
      return {
        tone: 'warning',
        title: `${event.application} is on hold ${event.until === null ? 'until somebody ends it' : `until ${sayTime(event.until, event.at)}`}`,
        lines: [
          `${event.who}: ${event.reason}`,
          `Nothing is synced or reverted meanwhile. To end it: trueup unhold ${event.application}`,
        ],
      };
    case 'hold.ended':
      return {
        tone: 'info',
        title: `${event.application} is no longer on hold`,
        lines: [sayCause(event), 'Git wins again.'],
      };
    case 'push.held':
    case 'rollback.started':
    case 'rollback.impossible':
    case 'rollback.proposed':
      return writeRollbackNotice(event);
    case 'application.added':
    case 'application.changed':
    case 'application.removed':
    case 'application.invalid':
      return writeApplicationNotice(event);
  }
}

function sayCause({ who, why }: Event): string {
  return `${who}: ${why}`;
}
