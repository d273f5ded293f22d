/** Everything the store ports ask for, in one DynamoDB table and, for what is too big for it, blobs. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Blobs } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ports } from '../../ports/ports.ts';
import { dynamoApplications } from './applications.ts';
import { openBodies } from './bodies.ts';
import { dynamoDeliveries } from './deliveries.ts';
import { dynamoEventLog } from './event-log.ts';
import { dynamoFleetRules } from './fleet-rules.ts';
import { dynamoLeases } from './leases.ts';
import { dynamoOutbox } from './outbox.ts';
import type { Owed } from './pack-transactions.ts';
import { dynamoPositions } from './positions.ts';
import { dynamoRepositories } from './repositories.ts';
import { dynamoSlots } from './slots.ts';
import { openTable } from './table.ts';
import { dynamoWakes } from './wakes.ts';

export type DynamoStore = Pick<
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
>;

export type DynamoStoreOptions = {
  client: DynamoDBDocumentClient;
  /** Name of a table like `tableDefinition`. */
  table: string;
  /** Keys `spill/…`. */
  blobs: Blobs;
  /** Dates what the table shall forget by itself. */
  now: Clock;
};

/** Faults of all of it: store.denied, store.no_table, store.throttled, store.unavailable, store.unreadable, store.newer_schema. */
export function dynamoStore({ client, table: name, blobs, now }: DynamoStoreOptions): DynamoStore {
  const table = openTable(client, name);
  const bodies = openBodies(table, blobs);
  const fresh = new Map<string, Owed>();
  return {
    applications: dynamoApplications(table, bodies, now),
    wakes: dynamoWakes(table),
    leases: dynamoLeases(table, bodies),
    slots: dynamoSlots(table),
    events: dynamoEventLog(table, bodies, (notice) => fresh.set(notice.pk, notice)),
    outbox: dynamoOutbox(table, bodies, fresh),
    positions: dynamoPositions(table),
    repositories: dynamoRepositories(table, bodies),
    deliveries: dynamoDeliveries(table),
    fleetRules: dynamoFleetRules(table, bodies),
  };
}
