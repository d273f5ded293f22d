/** A cluster as the holder of a lease may write to it: nothing is sent that could still arrive after the lease's end. */
import { Fault } from '../core/fault/fault.ts';
import type { Lease } from '../ports/leases.ts';
import type { Ports } from '../ports/ports.ts';

/** Retries included. */
const requestTimeoutMs = 30_000;
/** What two workers may differ by about the time, after the store has put their clocks right. */
const clockSkewMs = 5_000;

/** Fault store.lease_lost instead of a write that comes too late. Rehearsals and reads change nothing, and are let through. */
export function fencedCluster(name: string, lease: Lease, ports: Ports): ReturnType<Ports['cluster']> {
  const cluster = ports.cluster(name);
  async function inTime<Result>(write: () => Promise<Result>): Promise<Result> {
    if (ports.now() > lease.until - requestTimeoutMs - clockSkewMs)
      throw new Fault('store.lease_lost', { application: lease.name });
    return write();
  }
  return {
    ...cluster,
    apply: (object, options) =>
      options.dryRun ? cluster.apply(object, options) : inTime(() => cluster.apply(object, options)),
    own: (ref, fields) => inTime(() => cluster.own(ref, fields)),
    remove: (ref, options) => inTime(() => cluster.remove(ref, options)),
  };
}
