/** One event as a line for people. */
import type { Event } from '../lib/core/event/event.ts';
import type { FieldChange } from '../lib/core/event/field-change.ts';
import { sayAction } from '../lib/core/event/say-action.ts';
import { formatKey } from '../lib/core/object/object-key.ts';

export function formatEvent(event: Event): string {
  const told = tell(event);
  const time = event.at.slice(0, 19).replace('T', ' ');
  const why = told.includes(event.why) || event.who.includes(event.why) ? '' : `: ${event.why}`;
  return [time, event.application, event.type, told, `(${event.who}${why})`].filter((part) => part !== '').join('  ');
}

function tell(event: Event): string {
  switch (event.type) {
    case 'sync.started':
      return event.revision.slice(0, 7);
    case 'sync.waits':
      return `${event.revision.slice(0, 7)} waits: ${event.because}`;
    case 'sync.finished': {
      const { created, updated, pruned, kept } = event.counts;
      const counts = `${created} created, ${updated} updated, ${pruned} pruned, ${kept} kept`;
      const fault = event.fault === undefined ? '' : `; ${event.fault.code}: ${event.fault.message}`;
      return `${event.revision.slice(0, 7)} ${event.result}: ${counts} in ${event.durationMs} ms${fault}`;
    }
    case 'object.created':
    case 'object.updated':
    case 'object.recreated':
    case 'object.pruned':
      return `${formatKey(event.object)}${formatDiff(event.diff)}`;
    case 'object.moved':
      return `${formatKey(event.object)} to ${event.to}`;
    case 'object.adopted':
      return `${formatKey(event.object)}${event.from === '' ? '' : ` from ${event.from}`}${formatDiff(event.diff)}`;
    case 'hook.ended':
      return `${event.phase} ${formatKey(event.object)} ${event.result}${event.because === '' ? '' : `: ${event.because}`}`;
    case 'drift.found':
      return `${formatKey(event.object)} ${event.what}, ${event.action}${formatDiff(event.diff)}${formatHands(event.by)}`;
    case 'drift.fighting':
      return `${formatKey(event.object)} keeps coming back, left alone${formatDiff(event.diff)}${formatHands(event.by)}`;
    case 'health.changed':
      return `${event.from} → ${event.to}${event.because === '' ? '' : `: ${event.because}`}`;
    case 'hold.set':
      return `${event.reason}${event.until === null ? '' : `, until ${event.until}`}`;
    case 'action.run': {
      const made = event.created.length === 0 ? '' : `, created ${event.created.map(formatKey).join(', ')}`;
      return `${sayAction(event.action)} on ${formatKey(event.object)}${made}${formatDiff(event.diff)}`;
    }
    case 'action.failed':
      return `${sayAction(event.action)} on ${formatKey(event.object)}: ${event.fault.code}: ${event.fault.message}`;
    case 'push.held':
      return `${event.revision.slice(0, 7)} held back: ${event.reason}${event.until === null ? '' : `, until ${event.until}`}`;
    case 'rollback.started': {
      const entry = event.entry === null ? '' : ` (#${event.entry})`;
      return `${event.from.slice(0, 7)} → ${event.to.slice(0, 7)}${entry}${event.automatic ? ' by policy' : ''}`;
    }
    case 'rollback.impossible':
      return `${event.from.slice(0, 7)} stays: ${event.because}`;
    case 'rollback.proposed':
      return event.url;
    case 'application.invalid':
      return `${event.fault.code}: ${event.fault.message}`;
    case 'hold.ended':
    case 'application.added':
    case 'application.changed':
    case 'application.removed':
      return '';
  }
}

/** `: spec.replicas 5 → 2` */
export function formatDiff(diff: readonly FieldChange[]): string {
  return diff.length === 0 ? '' : `: ${diff.map(formatChange).join(', ')}`;
}

function formatChange({ path, from, to }: FieldChange): string {
  if (from === undefined) return `${path} added ${show(to)}`;
  return to === undefined ? `${path} removed (was ${show(from)})` : `${path} ${show(from)} → ${show(to)}`;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** ` by kubectl-edit at 2026-01-31T12:03:04Z` */
export function formatHands(by: readonly { manager: string; at: string }[]): string {
  return by.length === 0
    ? ''
    : ` by ${by.map(({ manager, at }) => (at === '' ? manager : `${manager} at ${at}`)).join(', ')}`;
}
