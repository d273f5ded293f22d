/** Puts events into the words of the demo: short, the namespace left out since there is only one. */
import { formatDiff } from '../format-event.ts';
import type { DemoEvent } from './read-record.ts';

/** What one sync did: `created Deployment nginx and Service nginx; Deployment hello: spec.replicas 1 → 2`. */
export function sayChanges(events: readonly DemoEvent[]): string {
  const named = (type: string) => events.filter((event) => event.type === type).map(sayObject);
  const created = named('object.created');
  const pruned = named('object.pruned');
  const updated = events.filter(({ type }) => type === 'object.updated');
  return [
    ...(created.length > 0 ? [`created ${created.join(', ')}`] : []),
    ...updated.map((event) => `updated ${sayObject(event)}${formatDiff(event.diff ?? [])}`),
    ...(pruned.length > 0 ? [`pruned ${pruned.join(', ')}`] : []),
  ].join('; ');
}

/** `kubectl (scale) changed Deployment nginx: spec.replicas 5 → 2; reverted` */
export function sayDrift(event: DemoEvent): string {
  const outcome = event.action === 'held' ? 'left alone' : (event.action ?? '');
  return `drift found: ${sayWho(event)} changed ${sayObject(event)}${formatDiff(event.diff ?? [])}; ${outcome}`;
}

export function sayWhy(event: DemoEvent): string {
  return `why: ${event.why}, by ${sayWho(event)}`;
}

export function sayDriftWhy({ action, why }: DemoEvent): string {
  return `why: ${why}, ${action === 'held' ? 'while automation is on hold' : 'and Git has the last word (selfHeal)'}`;
}

/** `kubectl-set` → `kubectl (set)`: the field manager is the tool and what it was told to do. */
function sayWho({ who }: DemoEvent): string {
  return who.replace(/^kubectl-(\S+)$/, 'kubectl ($1)');
}

function sayObject({ object }: DemoEvent): string {
  return object === undefined ? 'something' : `${object.kind} ${object.name}`;
}
