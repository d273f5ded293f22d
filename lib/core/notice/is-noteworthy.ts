/** Whether an event is worth a message to people. All of them are in the record; too many messages are as bad as none. */
import type { Event } from '../event/event.ts';

export function isNoteworthy(event: Event): boolean {
  switch (event.type) {
    case 'sync.finished':
      return event.result !== 'succeeded' || changesSomething(event.counts);
    case 'health.changed':
      return event.to === 'Degraded' || event.from === 'Degraded';
    case 'sync.waits':
    case 'drift.found':
    case 'drift.fighting':
    case 'hold.set':
    case 'hold.ended':
    case 'push.held':
    case 'rollback.started':
    case 'rollback.impossible':
    case 'rollback.proposed':
    case 'application.invalid':
    case 'application.removed':
      return true;
    // The end of the sync sums up its objects, and a sync that starts also ends.
    case 'sync.started':
    case 'object.created':
    case 'object.updated':
    case 'object.recreated':
    case 'object.pruned':
    case 'object.adopted':
    case 'object.moved':
    case 'hook.ended':
    // Who runs an action sees what comes of it.
    case 'action.run':
    case 'action.failed':
    case 'application.added':
    case 'application.changed':
      return false;
  }
}

function changesSomething({ created, updated, pruned }: { created: number; updated: number; pruned: number }): boolean {
  return created + updated + pruned > 0;
}
