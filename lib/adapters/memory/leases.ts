/** Leases in memory, for unit tests. */
import { settleSuspects } from '../../core/application/suspects.ts';
import { Fault } from '../../core/fault/fault.ts';
import type { Lease, Leases } from '../../ports/leases.ts';
import type { Shelf, Shelved } from './shelf.ts';

export function memoryLeases({ applications, leases }: Shelf): Leases {
  function leased(lease: Lease): Shelved {
    const known = applications.get(lease.name);
    const newest = leases.get(lease.name);
    if (known === undefined || newest?.fence !== lease.fence || !newest.held)
      throw new Fault('store.lease_lost', { application: lease.name });
    return known;
  }

  return {
    async take(name, { now, forMs }) {
      const known = applications.get(name);
      const last = leases.get(name) ?? { fence: 0, held: false, until: 0 };
      if (known === undefined || (last.held && last.until > now)) return null;
      const until = now + forMs;
      const fence = last.fence + 1;
      leases.set(name, { fence, held: true, until });
      known.lookAt = until;
      return { name, fence, until };
    },
    async write(lease, state, settled) {
      const known = leased(lease);
      known.state = structuredClone(state);
      if (settled === undefined) return;
      known.suspects = settleSuspects(known.suspects, settled.suspects ?? [], settled.seenWanted);
      if (known.request?.id === settled.request) known.request = null;
    },
    async release(lease, seen) {
      const known = leased(lease);
      if (known.wanted !== seen.wanted) return false;
      leases.set(lease.name, { fence: lease.fence, held: false, until: lease.until });
      known.lookAt = seen.lookAt;
      return true;
    },
  };
}
