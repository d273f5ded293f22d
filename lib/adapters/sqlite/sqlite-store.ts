/** Everything the store ports ask for, in one SQLite file. */
import type { Clock } from '../../ports/clock.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Inbox } from '../../ports/queue.ts';
import { sqliteApplications } from './applications.ts';
import { sqliteDeliveries } from './deliveries.ts';
import { sqliteEventLog } from './event-log.ts';
import { sqliteFleetRules } from './fleet-rules.ts';
import { freeLeases } from './free-leases.ts';
import { sqliteLeases } from './leases.ts';
import { type Database, openDatabase } from './open-database.ts';
import { sqliteOutbox } from './outbox.ts';
import { sqlitePositions } from './positions.ts';
import { sqliteQueue } from './queue.ts';
import { sqliteRepositories } from './repositories.ts';
import { sqliteSlots } from './slots.ts';
import { sqliteWakes } from './wakes.ts';

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
> & { queue: Ports['queue'] & Inbox };

export type SqliteStore = StorePorts & {
  /** For the start of a process that knows which holders are dead. Makes their Applications due; gives their names. */
  freeLeases(isGone: (holder: string) => boolean): string[];
  close(): void;
};

/**
 * Makes or upgrades the file. `now` dates what is sent to the queue and freed.
 * Faults: store.unavailable, store.full, store.unreadable, store.newer_schema.
 */
export function openSqliteStore(path: string, now: Clock = Date.now): SqliteStore {
  const database = openDatabase(path);
  return {
    ...sqlitePorts(database, now),
    freeLeases: (isGone) => freeLeases(database, isGone, now()),
    close: () => database.close(),
  };
}

export function sqlitePorts(database: Database, now: Clock): StorePorts {
  return {
    applications: sqliteApplications(database),
    wakes: sqliteWakes(database),
    leases: sqliteLeases(database),
    slots: sqliteSlots(database),
    events: sqliteEventLog(database),
    outbox: sqliteOutbox(database),
    positions: sqlitePositions(database),
    repositories: sqliteRepositories(database),
    deliveries: sqliteDeliveries(database),
    fleetRules: sqliteFleetRules(database),
    queue: sqliteQueue(database, now),
  };
}
