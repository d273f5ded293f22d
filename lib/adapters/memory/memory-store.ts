/** Everything the store ports ask for, in memory: the fakes that unit tests of flows run on. They pass the ports' contracts. */
import type { Clock } from '../../ports/clock.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Inbox } from '../../ports/queue.ts';
import { memoryApplications } from './applications.ts';
import { memoryBlobs } from './blobs.ts';
import { memoryDeliveries } from './deliveries.ts';
import { memoryEventLog } from './event-log.ts';
import { memoryFleetRules } from './fleet-rules.ts';
import { memoryLeases } from './leases.ts';
import { memoryPositions } from './positions.ts';
import { memoryQueue } from './queue.ts';
import { memoryRepositories } from './repositories.ts';
import type { Shelf } from './shelf.ts';
import { memorySlots } from './slots.ts';
import { memoryWakes } from './wakes.ts';

type StorePorts = Pick<
  Ports,
  | 'applications'
  | 'wakes'
  | 'leases'
  | 'slots'
  | 'events'
  | 'outbox'
  | 'positions'
  | 'repositories'
  | 'deliveries'
  | 'fleetRules'
  | 'blobs'
>;

export type MemoryStore = StorePorts & { queue: Ports['queue'] & Inbox };

/** `now` dates what is sent to the queue. */
export function openMemoryStore(now: Clock): MemoryStore {
  const shelf: Shelf = { applications: new Map(), leases: new Map() };
  return {
    applications: memoryApplications(shelf),
    wakes: memoryWakes(shelf),
    leases: memoryLeases(shelf),
    slots: memorySlots(),
    ...memoryEventLog(),
    positions: memoryPositions(),
    repositories: memoryRepositories(),
    deliveries: memoryDeliveries(),
    fleetRules: memoryFleetRules(),
    queue: memoryQueue(now),
    blobs: memoryBlobs(),
  };
}
