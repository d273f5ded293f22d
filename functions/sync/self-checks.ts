/** What sync must be able to do: all that a wake-up may come to, up to asking every cluster who it is. */
import type { Ports } from '../../lib/ports/ports.ts';
import type { Inbox } from '../../lib/ports/queue.ts';
import { findsClusters, type SearchParts, signsInToClusters } from '../self-checks/cluster-checks.ts';
import { type ConfigParts, readsConfiguration } from '../self-checks/config-checks.ts';
import { renders } from '../self-checks/render-checks.ts';
import { handsOverBundles, type ScratchParts } from '../self-checks/scratch-checks.ts';
import { readsSecrets, type SecretParts } from '../self-checks/secret-checks.ts';
import { keepsLargeItems, type SpillParts } from '../self-checks/spill-checks.ts';
import {
  findsByRepository,
  givesBackMessages,
  keepsBlobs,
  keepsNotices,
  queuesWakeUps,
  readsApplications,
  readsHistory,
  remembersHeads,
  remembersPositions,
  removesApplications,
  takesSlots,
  wakesApplications,
  writesState,
} from '../self-checks/store-checks.ts';
import type { SelfCheck } from '../self-test.ts';

export type SyncSelfParts = ConfigParts &
  SecretParts &
  SpillParts &
  ScratchParts &
  SearchParts & { ports: Ports; inbox: Pick<Inbox, 'again'>; readKey(): Promise<unknown> };

export function syncSelfChecks({ ports, inbox, readKey, ...parts }: SyncSelfParts): SelfCheck[] {
  return [
    readsConfiguration(parts),
    { check: 'reads the installation key', attempt: readKey },
    ...readsSecrets(parts, ['git', 'clusters', 'notify']),
    readsApplications(ports),
    findsByRepository(ports),
    removesApplications(ports),
    wakesApplications(ports),
    writesState(ports),
    takesSlots(ports),
    remembersPositions(ports),
    remembersHeads(ports),
    readsHistory(ports),
    keepsNotices(ports),
    keepsBlobs(ports),
    keepsLargeItems(parts),
    handsOverBundles(parts),
    queuesWakeUps(ports),
    givesBackMessages({ inbox, now: ports.now }),
    ...renders(ports),
    { check: 'reads the fleet', attempt: () => ports.fleet.read() },
    ...findsClusters(parts),
    ...signsInToClusters(ports),
  ];
}
