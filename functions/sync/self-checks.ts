/** What sync must be able to do: all that a wake-up may come to, up to asking every cluster who it is. */
import type { Ports } from '../../lib/ports/ports.ts';
import { signsInToClusters } from '../self-checks/cluster-checks.ts';
import { renders } from '../self-checks/render-checks.ts';
import { readsSecrets, type SecretParts } from '../self-checks/secret-checks.ts';
import { keepsLargeItems, type SpillParts } from '../self-checks/spill-checks.ts';
import {
  findsByRepository,
  keepsBlobs,
  keepsNotices,
  queuesWakeUps,
  readsApplications,
  readsRecord,
  remembersHeads,
  remembersPositions,
  removesApplications,
  takesSlots,
  wakesApplications,
  writesState,
} from '../self-checks/store-checks.ts';
import type { SelfCheck } from '../self-test.ts';

export type SyncSelfParts = SecretParts & SpillParts & { ports: Ports };

export function syncSelfChecks({ ports, spill, ...secrets }: SyncSelfParts): SelfCheck[] {
  return [
    ...readsSecrets(secrets, ['git', 'clusters', 'notify']),
    readsApplications(ports),
    findsByRepository(ports),
    removesApplications(ports),
    wakesApplications(ports),
    writesState(ports),
    takesSlots(ports),
    remembersPositions(ports),
    remembersHeads(ports),
    readsRecord(ports),
    keepsNotices(ports),
    keepsBlobs(ports),
    keepsLargeItems({ spill }),
    queuesWakeUps(ports),
    ...renders(ports),
    { check: 'reads the fleet', attempt: () => ports.fleet.read() },
    ...signsInToClusters(ports),
  ];
}
