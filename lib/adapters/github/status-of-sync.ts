/** Chooses the commit status that tells of a sync. null: the event is none. */
import type { Event } from '../../core/event/event.ts';

export type CommitStatus = {
  sha: string;
  state: 'pending' | 'success' | 'failure' | 'error';
  context: string;
  description: string;
};

/** GitHub refuses longer ones. */
const longestDescription = 140;

export function statusOfSync(event: Event): CommitStatus | null {
  const context = `trueup/${event.application}`;
  if (event.type === 'sync.started') {
    return { sha: event.revision, state: 'pending', context, description: `Syncing to ${event.cluster}` };
  }
  if (event.type !== 'sync.finished') return statusOfRollback(event, context);
  const { revision: sha, result, counts, fault, durationMs } = event;
  if (result === 'succeeded') {
    const { created, updated, pruned } = counts;
    const changes = `${created} created, ${updated} updated, ${pruned} pruned in ${(durationMs / 1000).toFixed(1)} s`;
    return { sha, state: 'success', context, description: shorten(`${event.cluster}: ${changes}`) };
  }
  if (fault === undefined) {
    const description = `The sync ${result === 'refused' ? 'was refused' : 'failed'}`;
    return { sha, state: 'failure', context, description };
  }
  const state = isOfOthers(fault.code) || isOurs(fault.code) ? 'error' : 'failure';
  const description = isOurs(fault.code)
    ? `${fault.code}: not the commit's fault, see trueup events ${event.application}`
    : fault.message;
  return { sha, state, context, description: shorten(description) };
}

/** Of a commit that does not run though nothing is wrong with our sync of it. */
function statusOfRollback(event: Event, context: string): CommitStatus | null {
  const { cluster } = event;
  if (event.type === 'push.held') {
    const until = event.until === null ? '' : ` until ${event.until}`;
    const description = shorten(`${cluster}: held back${until}: ${event.reason}`);
    return { sha: event.revision, state: 'pending', context, description };
  }
  if (event.type === 'rollback.started' && event.from !== '' && event.from !== event.to) {
    const reason = event.reason === '' ? '' : `: ${event.reason}`;
    const description = shorten(`${cluster}: rolled back to ${event.to.slice(0, 7)}${reason}`);
    return { sha: event.from, state: 'failure', context, description };
  }
  if (event.type !== 'rollback.impossible') return null;
  const description = shorten(`${cluster}: did not work out, and there is nothing to roll back to`);
  return { sha: event.from, state: 'failure', context, description };
}

/** What is around the commit: `error`, where `failure` is the commit's own. */
function isOfOthers(code: string): boolean {
  return /^(cluster|git)\./.test(code);
}

/** A repository may be public, and such a fault names roles and accounts. */
function isOurs(code: string): boolean {
  return /^(aws|config|eks|queue|store)\.|^render\.remote_/.test(code);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length <= longestDescription ? line : `${letters.slice(0, longestDescription - 1).join('')}…`;
}
