/** Says of a commit that it is not synced, and who keeps it from that. */
import type { Event } from '../core/event/event.ts';
import type { Step } from '../core/sync/next-step.ts';
import type { Outcome, Run } from './outcome.ts';

export async function holdBack(
  { revision, hold }: Extract<Step, { do: 'hold-back' }>,
  { entry, ports }: Run,
): Promise<Outcome> {
  const { application, cluster, state } = entry;
  const { who: by, reason, since, until } = hold;
  const event: Event = {
    id: `${application.name}-hold-${since}-keeps-${revision}`,
    at: new Date(ports.now()).toISOString(),
    application: application.name,
    cluster,
    who: 'trueup',
    why: `on hold by ${by}`,
    type: 'push.held',
    revision,
    by,
    reason,
    until: until === null ? null : new Date(until).toISOString(),
  };
  return { state: { ...state, heldBack: { since, revision }, sync: 'OutOfSync' }, events: [event] };
}
