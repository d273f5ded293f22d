/** Does work on a cluster while one of its slots is held. */
import type { Ports } from '../ports/ports.ts';

/** As long as the lease of an Application: no work on one outlives it. */
const slotMs = 300_000;

/** null: every slot is taken, and nothing was done. */
export async function withSlot<Result>(
  cluster: string,
  ports: Ports,
  work: () => Promise<Result>,
): Promise<Result | null> {
  const of = ports.slotsOf(cluster);
  // The holder is this process; two slots of one process are two holders.
  const holder = `${ports.holder}/${ports.newId()}`;
  const slot = await ports.slots.take(cluster, { of, holder, now: ports.now(), forMs: slotMs });
  if (slot === null) return null;
  try {
    return await work();
  } finally {
    // It frees itself in the end; what the work came to, a failure above all, counts for more.
    await ports.slots.release(slot).catch((error: unknown) => {
      ports.log.warn('slot.not_released', { cluster, because: String(error) });
    });
  }
}
