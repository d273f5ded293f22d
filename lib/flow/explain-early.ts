/** Says why objects do not get healthy while they are still waited for: a pod that cannot start tells so long before any deadline. */
import { formatKey } from '../core/object/object-key.ts';
import { podSelector } from '../core/record/pod-selector.ts';
import type { ApplicationRecord, AppliedObject, RecordedObject } from '../core/record/record.ts';
import { type Asked, explainPodsEarly, sayEvent } from './explain-pods.ts';
import { inParallel } from './in-parallel.ts';
import { podsOf } from './pods-of.ts';
import { readEvents } from './read-events.ts';

/** Of a hundred objects that wait, these are looked into: what stops them is mostly one thing. */
const lookedInto = 3;

/** One sentence a culprit, with the end of its log; empty: nothing stands in the way that time alone would not clear. */
export async function explainEarly({ objects }: ApplicationRecord, cluster: Asked): Promise<string> {
  const waiting = Object.values(objects).filter(isWaiting).slice(0, lookedInto);
  const found = await inParallel(waiting, async (recorded) => {
    const said = await explain(recorded, cluster);
    return said === '' ? [] : [`${formatKey(recorded.key)}: ${said}`];
  });
  return found.flat().join('\n');
}

type Waiting = RecordedObject & { applied: AppliedObject };

function isWaiting(recorded: RecordedObject): recorded is Waiting {
  const status = recorded.applied?.health?.status;
  return status === 'Progressing' || status === 'Degraded';
}

/** A quota, an account that is not there, a webhook: then there is no pod, and only events tell why. */
async function explain({ key, manifest, applied }: Waiting, cluster: Asked): Promise<string> {
  const said = await explainPodsEarly(await podsOf(key, podSelector(manifest), cluster), cluster);
  return said ?? sayEvent(await readEvents({ namespace: key.namespace, uid: applied.uid }, cluster));
}
