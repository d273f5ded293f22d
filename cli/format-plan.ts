/** A plan for people: one line for each change. */
import { formatKey } from '../lib/core/object/object-key.ts';
import { changesOf, type Plan, type PlannedChange } from '../lib/core/plan/plan.ts';
import { formatDiff } from './format-event.ts';

export function formatPlan(planned: Plan): string {
  const { application, revision, kept, warnings } = planned;
  const changes = changesOf(planned);
  const heading =
    changes.length === 0
      ? `${application} is equal to ${revision.slice(0, 7)}: ${kept} objects kept.`
      : `${application} at ${revision.slice(0, 7)}: ${changes.length} to change, ${kept} kept.`;
  return [heading, ...changes.map(formatChange), ...warnings.map((warning) => `warning: ${warning}`)].join('\n');
}

const signs = { create: '+', update: '~', recreate: '±', delete: '-', skip: '!', hook: '>', 'hand-over': '→' };

function formatChange(change: PlannedChange): string {
  const what = `${signs[change.action]} ${formatKey(change.key)}`;
  if (change.action === 'skip') return `${what}: ${change.why}`;
  if (change.action === 'delete') return what;
  if (change.action === 'hand-over') return change.to === '' ? what : `${what}: to the Application ${change.to}`;
  if (change.action === 'hook') return `${what} (${change.phase} hook)`;
  const adopts = change.adopts === undefined ? '' : ` (adopted${change.adopts === '' ? '' : ` from ${change.adopts}`})`;
  return `${what}${adopts}${formatDiff(change.diff)}${change.rehearsed ? '' : ' (not rehearsed)'}`;
}
