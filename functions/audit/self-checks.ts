/** What audit must be able to do: know which kinds are in use, queue a wake-up. */
import type { AuditPorts } from '../../lib/flow/receive-audit.ts';
import type { Blobs } from '../../lib/ports/blobs.ts';
import { type ConfigParts, readsConfiguration } from '../self-checks/config-checks.ts';
import { readsLargeItems } from '../self-checks/spill-checks.ts';
import { queuesWakeUps, readsApplications } from '../self-checks/store-checks.ts';
import type { SelfCheck } from '../self-test.ts';

export type AuditSelfParts = ConfigParts & { ports: AuditPorts; spill: Pick<Blobs, 'get'> };

export function auditSelfChecks({ ports, spill, ...config }: AuditSelfParts): SelfCheck[] {
  return [readsConfiguration(config), readsApplications(ports), readsLargeItems({ spill }), queuesWakeUps(ports)];
}
