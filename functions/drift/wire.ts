/** What the minute's work needs: the register and the queue. It reads no configuration. */
import type { FunctionParts } from '../wire/open-function.ts';
import { driftSelfChecks } from './self-checks.ts';

export function wire({ store, queue, spill, now }: FunctionParts) {
  const ports = () => ({ applications: store().applications, wakes: store().wakes, queue: queue(), now });
  return {
    open: async () => ports(),
    selfChecks: async () => driftSelfChecks({ ports: ports(), spill: spill() }),
  };
}
