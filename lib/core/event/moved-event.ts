/** The event of an object that another Application was found to have taken over. */
import { formatKey } from '../object/object-key.ts';
import { hashValue } from '../plan/hash-object.ts';
import type { RecordedObject } from '../record/record.ts';
import type { Event } from './event.ts';

type Found = { application: { name: string }; cluster: string; to: string; now: number };

/** Recorded once for each time it leaves: its id follows from the state in which it was last ours. */
export function movedEvent({ key, applied }: RecordedObject, { application, cluster, to, now }: Found): Event {
  const what = [formatKey(key), to, applied?.uid, applied?.resourceVersion];
  return {
    id: `${application.name}-moved-${hashValue(what).slice(0, 24)}`,
    at: new Date(now).toISOString(),
    application: application.name,
    cluster,
    who: to,
    why: 'it is in another Application now',
    type: 'object.moved',
    object: key,
    to,
  };
}
