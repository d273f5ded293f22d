/** The fakes keep the promises of the real stores. */

import { openMemoryStore } from '../../../lib/adapters/memory/memory-store.ts';
import { applicationsContract } from '../../contracts/applications.contract.ts';
import { blobsContract } from '../../contracts/blobs.contract.ts';
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

const open = async () => openMemoryStore(() => 0);

applicationsContract('memory', open);
wakesContract('memory', open);
leasesContract('memory', open);
noWakeUpLostContract('memory', open);
eventLogContract('memory', open);
outboxContract('memory', open);
positionsContract('memory', open);
repositoriesContract('memory', open);
slotsContract('memory', open);
deliveriesContract('memory', open);
fleetRulesContract('memory', open);
blobsContract('memory', async () => openMemoryStore(() => 0).blobs);
queueContract('memory', async () => {
  let now = 1_000_000;
  const { queue } = openMemoryStore(() => now);
  const pass = async (ms: number) => {
    now += ms;
  };
  return { queue, inbox: queue, now: () => now, pass };
});
