/** The event that an Application fares better or worse than before. */
import type { ApplicationState } from '../application/application-state.ts';
import type { Event } from './event.ts';

/** Nothing while it stays the same. The id follows from when the former status began, so it is recorded once. */
export function healthChanged(
  { application, cluster, state }: { application: { name: string }; cluster: string; state: ApplicationState },
  after: ApplicationState,
  now: number,
): Event[] {
  const from = state.health;
  const to = after.health;
  if (from.status === to.status) return [];
  return [
    {
      id: `${application.name}-health-${from.since}-${from.status}-${to.status}`,
      at: new Date(now).toISOString(),
      application: application.name,
      cluster,
      who: 'the cluster',
      why: to.because === '' ? `it is ${to.status}` : to.because,
      type: 'health.changed',
      from: from.status,
      to: to.status,
      because: to.because,
    },
  ];
}
