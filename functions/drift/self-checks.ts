/** What drift must be able to do: know all Applications, find what is overdue, queue wake-ups. */
import type { TickPorts } from '../../lib/flow/tick.ts';
import type { Blobs } from '../../lib/ports/blobs.ts';
import { readsLargeItems } from '../self-checks/spill-checks.ts';
import { findsOverdue, queuesWakeUps, readsApplications } from '../self-checks/store-checks.ts';
import type { SelfCheck } from '../self-test.ts';

export type DriftSelfParts = { ports: TickPorts; spill: Pick<Blobs, 'get'> };

export function driftSelfChecks({ ports, spill }: DriftSelfParts): SelfCheck[] {
  return [readsApplications(ports), readsLargeItems({ spill }), findsOverdue(ports), queuesWakeUps(ports)];
}
