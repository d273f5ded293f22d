/** SQLite keeps the promises of the store ports. */
import type { TestContext } from 'node:test';
import { openSqliteStore } from '../../../lib/adapters/sqlite/sqlite-store.ts';
import { applicationsContract } from '../../contracts/applications.contract.ts';
import { deliveriesContract } from '../../contracts/deliveries.contract.ts';
import { eventLogContract } from '../../contracts/event-log.contract.ts';
import { fleetRulesContract } from '../../contracts/fleet-rules.contract.ts';
import { leasesContract } from '../../contracts/leases.contract.ts';
import { noWakeUpLostContract } from '../../contracts/no-wake-up-lost.contract.ts';
import { outboxContract } from '../../contracts/outbox.contract.ts';
import { positionsContract } from '../../contracts/positions.contract.ts';
import { queueContract } from '../../contracts/queue.contract.ts';
import { repositoriesContract } from '../../contracts/repositories.contract.ts';
import { slotsContract } from '../../contracts/slots.contract.ts';
import { wakesContract } from '../../contracts/wakes.contract.ts';
import { temporaryStorePath } from './temporary-store-path.ts';

async function open(t: TestContext, now: () => number = () => 0) {
  const store = openSqliteStore(temporaryStorePath(t), now);
  t.after(() => store.close());
  return store;
}

const opened = (t: TestContext) => open(t);

applicationsContract('sqlite', opened);
wakesContract('sqlite', opened);
leasesContract('sqlite', opened);
noWakeUpLostContract('sqlite', opened);
eventLogContract('sqlite', opened);
outboxContract('sqlite', opened);
positionsContract('sqlite', opened);
repositoriesContract('sqlite', opened);
slotsContract('sqlite', opened);
deliveriesContract('sqlite', opened);
fleetRulesContract('sqlite', opened);
queueContract('sqlite', async (t) => {
  let now = 1_000_000;
  const { queue } = await open(t, () => now);
  const pass = async (ms: number) => {
    now += ms;
  };
  return { queue, inbox: queue, now: () => now, pass };
});
