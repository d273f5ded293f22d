/** What a log line says of an event: enough to count it and to find it on the record, and nothing of what was changed. */
import { formatKey } from '../object/object-key.ts';
import type { Event } from './event.ts';

export function eventFacts(event: Event): Record<string, unknown> {
  const { application, cluster, id } = event;
  return { application, cluster, id, ...ofType(event) };
}

function ofType(event: Event): Record<string, unknown> {
  switch (event.type) {
    case 'sync.finished': {
      const { revision, result, durationMs, counts, fault } = event;
      return { revision, result, durationMs, ...counts, ...(fault !== undefined && { code: fault.code }) };
    }
    case 'object.created':
    case 'object.updated':
    case 'object.recreated':
    case 'object.pruned':
      return { object: formatKey(event.object) };
    case 'object.moved':
      return { object: formatKey(event.object), to: event.to };
    case 'object.adopted':
      return { object: formatKey(event.object), from: event.from };
    case 'drift.found':
      return { object: formatKey(event.object), what: event.what, action: event.action };
    case 'drift.fighting':
      return { object: formatKey(event.object) };
    case 'action.run':
      return { object: formatKey(event.object), action: event.action.name };
    case 'action.failed':
      return { object: formatKey(event.object), action: event.action.name, code: event.fault.code };
    case 'sync.waits':
    case 'push.held':
      return { revision: event.revision };
    case 'rollback.started':
      return { from: event.from, to: event.to, automatic: event.automatic };
    case 'rollback.impossible':
      return { from: event.from };
    case 'health.changed':
      return { from: event.from, to: event.to };
    default:
      return {};
  }
}
