/** What notify must be able to do: find notices that are due, tell them, and queue the next attempt. */
import type { NoticePorts } from '../../lib/flow/send-notices.ts';
import type { Blobs } from '../../lib/ports/blobs.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { type ConfigParts, readsConfiguration } from '../self-checks/config-checks.ts';
import { readsSecrets, type SecretParts } from '../self-checks/secret-checks.ts';
import { readsLargeItems } from '../self-checks/spill-checks.ts';
import { findsApplication, keepsNotices, queuesWakeUps } from '../self-checks/store-checks.ts';
import type { SelfCheck } from '../self-test.ts';

/** `applications`: a commit status goes to the repository of one. */
export type NotifySelfParts = ConfigParts &
  SecretParts & {
    ports: NoticePorts & Pick<Ports, 'applications'>;
    spill: Pick<Blobs, 'get'>;
  };

export function notifySelfChecks({ ports, spill, readConfig, ...secrets }: NotifySelfParts): SelfCheck[] {
  return [
    readsConfiguration({ readConfig }),
    ...readsSecrets(secrets, ['notify', 'git']),
    findsApplication(ports),
    readsLargeItems({ spill }),
    keepsNotices(ports),
    queuesWakeUps(ports),
  ];
}
