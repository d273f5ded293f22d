/** A drift of the ConfigMap of this name, for tests; give only what the test is about. */
import type { Applying } from '../../../lib/core/plan/plan.ts';

export function aDrift(name: string, given: Partial<Applying> = {}): Applying {
  return {
    action: 'update',
    key: { group: '', kind: 'ConfigMap', namespace: 'shop', name },
    apiVersion: 'v1',
    desiredHash: `hash of ${name}`,
    origin: { file: `${name}.yaml`, line: 1 },
    uid: `uid of ${name}`,
    diff: [{ path: 'data.k', from: 'v', to: 'evil' }],
    rehearsed: true,
    drift: { what: 'changed', by: [{ manager: 'kubectl-edit', at: '2026-05-01T12:03:00Z' }] },
    ...given,
  };
}
