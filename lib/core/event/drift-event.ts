/** The event of drift that is not undone, or not now. */
import { formatKey } from '../object/object-key.ts';
import { hashValue } from '../plan/hash-object.ts';
import type { Applying } from '../plan/plan.ts';
import type { Event } from './event.ts';

/**
 * The same drift is recorded once, however often it is seen: its id follows from what differs, from whom and when, and from
 * `since`, the resourceVersion at which the object was last as Git wants it. Undone and made again it is another drift.
 */
export function driftEvent(
  { key, diff, drift }: Applying,
  action: 'reported' | 'held' | 'fighting',
  { application, cluster, since }: { application: { name: string }; cluster: string; since: string },
  now: number,
): Event {
  const what = drift?.what ?? 'changed';
  const by = drift?.by ?? [];
  const body =
    action === 'fighting'
      ? ({ type: 'drift.fighting', object: key, diff, by } as const)
      : ({ type: 'drift.found', what, object: key, diff, action, by } as const);
  return {
    id: `${application.name}-drift-${hashValue([action, formatKey(key), what, diff, by, since]).slice(0, 24)}`,
    at: new Date(now).toISOString(),
    application: application.name,
    cluster,
    who: by[0]?.manager ?? 'somebody',
    why: 'changed by hand',
    ...body,
  };
}
