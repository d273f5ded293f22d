/** What webhook must be able to do: judge a signature, know the repository and the delivery, queue a wake-up. */
import type { PushPorts } from '../../lib/flow/receive-push.ts';
import type { Blobs } from '../../lib/ports/blobs.ts';
import { type ConfigParts, readsConfiguration } from '../self-checks/config-checks.ts';
import { readsSecrets, type SecretParts } from '../self-checks/secret-checks.ts';
import { readsLargeItems } from '../self-checks/spill-checks.ts';
import {
  findsApplication,
  findsByRepository,
  queuesWakeUps,
  remembersDeliveries,
} from '../self-checks/store-checks.ts';
import type { SelfCheck } from '../self-test.ts';

export type WebhookSelfParts = ConfigParts & SecretParts & { ports: PushPorts; spill: Pick<Blobs, 'get'> };

export function webhookSelfChecks({ ports, spill, readConfig, ...secrets }: WebhookSelfParts): SelfCheck[] {
  return [
    readsConfiguration({ readConfig }),
    ...readsSecrets(secrets, ['webhook']),
    findsApplication(ports),
    findsByRepository(ports),
    readsLargeItems({ spill }),
    remembersDeliveries(ports),
    queuesWakeUps(ports),
  ];
}
