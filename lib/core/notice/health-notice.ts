/** That an Application fares worse, or well again. */
import type { Event } from '../event/event.ts';
import type { NoticeBody } from './notice-text.ts';

export function writeHealthNotice(event: Extract<Event, { type: 'health.changed' }>): NoticeBody {
  const { application, from, to, because } = event;
  const lines = because === '' ? [] : because.split('\n');
  if (to === 'Degraded') return { tone: 'bad', title: `${application} is Degraded`, lines };
  if (to === 'Healthy')
    return { tone: 'good', title: `${application} is Healthy again`, lines: [`It was ${from}.`, ...lines] };
  return { tone: 'warning', title: `${application} was ${from} and is ${to}`, lines };
}
