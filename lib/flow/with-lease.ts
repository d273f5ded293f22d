/** Does something to an Application that its worker must not be at work on meanwhile, and wakes it afterwards. */
import { Fault } from '../core/fault/fault.ts';
import type { Lease } from '../ports/leases.ts';
import type { Ports } from '../ports/ports.ts';

/** Fault action.busy when somebody else is at work on it. */
export async function withLease<Result>(
  name: string,
  { why, forMs }: { why: string; forMs: number },
  ports: Ports,
  work: (lease: Lease) => Promise<Result>,
): Promise<Result> {
  const lease = await ports.leases.take(name, { holder: ports.holder, now: ports.now(), forMs });
  if (lease === null) throw new Fault('action.busy', { application: name });
  try {
    return await work(lease);
  } finally {
    await handOn(lease, ports);
    await ports.queue.send({ about: 'application', name, why });
  }
}

/** Who came while it was taken was told that it is being worked on: the next worker sees to that at once. */
async function handOn(lease: Lease, ports: Ports): Promise<void> {
  try {
    for (let released = false; !released; ) {
      const wanted = (await ports.applications.get(lease.name))?.wanted ?? 0;
      released = await ports.leases.release(lease, { wanted, lookAt: ports.now() });
    }
  } catch (error) {
    // Somebody has it already, or there is nothing left to have.
    if (!(error instanceof Fault) || error.code !== 'store.lease_lost') throw error;
  }
}
