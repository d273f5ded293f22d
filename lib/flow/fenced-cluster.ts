/** A cluster as the holder of a lease may write to it: nothing is sent that could still arrive after the lease's end. */
import { Fault } from '../core/fault/fault.ts';
import type { Lease } from '../ports/leases.ts';
import type { Ports } from '../ports/ports.ts';

/** Retries included. */
const requestTimeoutMs = 30_000;
/** What two workers may differ by about the time, after the store has put their clocks right. */
const clockSkewMs = 5_000;

/**
 * Fault store.lease_lost instead of a write that comes too late; asked at the last moment, after all waiting in line. What a
 * worker sends that was stopped even after that carries the uid and resourceVersion it had read, and is refused when the next
 * one has written since. Rehearsals and reads change nothing, and are let through.
 */
export function fencedCluster(name: string, lease: Lease, ports: Ports): ReturnType<Ports['cluster']> {
  const cluster = ports.cluster(name);
  const guard = () => {
    if (ports.now() > lease.until - requestTimeoutMs - clockSkewMs)
      throw new Fault('store.lease_lost', { application: lease.name });
  };
  // Asked here too, so that nothing joins a line for what will not be sent.
  const fenced = <Options extends { dryRun?: boolean }>(options: Options): Options => {
    if (options.dryRun) return options;
    guard();
    return { ...options, guard };
  };
  return {
    ...cluster,
    apply: async (object, options) => cluster.apply(object, fenced(options)),
    replace: async (object, options) => cluster.replace(object, fenced(options)),
    own: async (ref, fields) => {
      guard();
      return cluster.own(ref, { ...fields, guard });
    },
    patch: async (ref, wish) => cluster.patch(ref, fenced(wish)),
    create: async (object, options) => cluster.create(object, fenced(options)),
    remove: async (ref, options) => cluster.remove(ref, fenced(options)),
  };
}
