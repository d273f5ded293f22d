/** Does what a wake-up is about. Late, doubled and reordered messages are harmless: the work looks at the store, not at them. */

import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import type { Message } from '../ports/queue.ts';
import type { KindsInUse } from './recorded-in.ts';
import { sendNotices } from './send-notices.ts';
import { sweepCluster } from './sweep-cluster.ts';
import { syncApplication } from './sync-application.ts';
import { syncFleet } from './sync-fleet.ts';
import { traced } from './traced.ts';
import { wakeRepository } from './wake-repository.ts';
import { withSlot } from './with-slot.ts';

export function handleMessage(message: Message, ports: Ports): Promise<void> {
  return handle(message, traced(ports, message.trace ?? ports.newId()));
}

async function handle(message: Message, ports: Ports): Promise<void> {
  switch (message.about) {
    case 'repository':
      await wakeRepository(message.repoURL, message.why, ports);
      return;
    case 'application':
      return workOnApplication(message, ports);
    case 'cluster': {
      const sweep = await sweepCluster(message.name, ports, inUseOf(message));
      ports.log.info('cluster.swept', { cluster: message.name, why: message.why, ...sweep });
      return;
    }
    case 'fleet':
      // Whoever reads it now may have begun before what this message is about.
      if ((await syncFleet(ports)) === null) await ports.queue.send(message, { delayMs: shortestWaitMs });
      return;
    case 'outbox':
      await sendNotices(ports);
      return;
  }
}

/** null: the sender did not look. */
function inUseOf({ kinds, unmarkedKinds = [] }: Extract<Message, { about: 'cluster' }>): KindsInUse | null {
  return kinds === undefined ? null : { kinds, unmarkedKinds };
}

/** SQS ends delays at fifteen minutes; what is due later is found by the tick. */
const longestDelayMs = 900_000;

/** Who has waited long for a slot comes back more seldom: many are waiting, and each time is a message. */
const shortestWaitMs = 2_000;
const longestWaitMs = 15_000;

/** What the clocks of two machines may differ by. */
const clockSkewMs = 200;

type ApplicationMessage = Extract<Message, { about: 'application' }>;

async function workOnApplication({ name, waitsSince }: ApplicationMessage, ports: Ports): Promise<void> {
  const entry = await ports.applications.get(name);
  if (entry === null || isLeftOver(entry, ports)) return;
  const worked = await withSlot(entry.cluster, ports, () => syncApplication(name, ports));
  if (worked === null) return comeBack(name, waitsSince ?? ports.now(), ports);
  const { next, lookAt } = worked;
  await sendNotices(ports);
  if (next === 'busy' || lookAt === null) return;
  const delayMs = Math.max(0, lookAt - ports.now());
  if (delayMs <= longestDelayMs) await ports.queue.send({ about: 'application', name, why: 'look again' }, { delayMs });
}

/** Its `lookAt` moves too: else the tick would find it overdue each minute, and each message of the tick's would wait as well. */
async function comeBack(name: string, waitsSince: number, ports: Ports): Promise<void> {
  const delayMs = waitFor(ports.now() - waitsSince);
  await ports.wakes.wake(name, ports.now() + delayMs);
  await ports.queue.send({ about: 'application', name, why: 'its cluster is busy', waitsSince }, { delayMs });
}

/** Spread, so that those who wait do not all come back at once. */
function waitFor(waitedMs: number): number {
  return Math.round(Math.min(longestWaitMs, Math.max(shortestWaitMs, waitedMs / 2)) * (1 + Math.random()));
}

/**
 * Every wake-up sets `lookAt` to its own time, so a message that comes before it is left over from an earlier look, and another
 * one is on its way. If it were worked on, each wake-up would start a chain of looks of its own while there is one to come.
 */
function isLeftOver({ lookAt, request }: Entry, ports: Ports): boolean {
  // A person waits for the answer, and asked on a machine whose clock may be a little fast.
  if (request !== null) return false;
  return lookAt === null || lookAt > ports.now() + clockSkewMs;
}
