/** All that the store ports promise, for one thing that speaks DynamoDB's protocol. */
import type { TestContext } from 'node:test';
import type { DynamoStore } from '../../../lib/adapters/dynamodb/dynamo-store.ts';
import { applicationsContract } from '../../contracts/applications.contract.ts';
import { deliveriesContract } from '../../contracts/deliveries.contract.ts';
import { eventLogContract } from '../../contracts/event-log.contract.ts';
import { fleetRulesContract } from '../../contracts/fleet-rules.contract.ts';
import { leasesContract } from '../../contracts/leases.contract.ts';
import { noWakeUpLostContract } from '../../contracts/no-wake-up-lost.contract.ts';
import { outboxContract } from '../../contracts/outbox.contract.ts';
import { positionsContract } from '../../contracts/positions.contract.ts';
import { repositoriesContract } from '../../contracts/repositories.contract.ts';
import { slotsContract } from '../../contracts/slots.contract.ts';
import { wakesContract } from '../../contracts/wakes.contract.ts';

export function everyContract(adapter: string, open: (t: TestContext) => Promise<DynamoStore>): void {
  applicationsContract(adapter, open);
  wakesContract(adapter, open);
  leasesContract(adapter, open);
  noWakeUpLostContract(adapter, open);
  eventLogContract(adapter, open);
  outboxContract(adapter, open);
  positionsContract(adapter, open);
  repositoriesContract(adapter, open);
  slotsContract(adapter, open);
  deliveriesContract(adapter, open);
  fleetRulesContract(adapter, open);
}
