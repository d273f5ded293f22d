/** Does work while a slot is held: one of those of a cluster, or another of which there is one. */
import type { Ports } from '../ports/ports.ts';

/** As long as the lease of an Application: no work on one outlives it. */
const slotMs = 300_000;

/** null: every slot is taken, and nothing was done. */
export function withSlot<Result>(cluster: string, ports: Ports, work: () => Promise<Result>): Promise<Result | null> {
  return holdSlot({ name: cluster, of: ports.slotsOf(cluster), forMs: slotMs }, ports, work);
}

/** `forMs`: the work begins nothing after it; who was killed keeps others waiting for as long. */
export async function holdSlot<Result>(
  { name, of, forMs }: { name: string; of: number; forMs: number },
  ports: Ports,
  work: () => Promise<Result>,
): Promise<Result | null> {
  // The holder is this process; two slots of one process are two holders.
  const holder = `${ports.holder}/${ports.newId()}`;
  const slot = await ports.slots.take(name, { of, holder, now: ports.now(), forMs });
  if (slot === null) return null;
  try {
    return await work();
  } finally {
    // It frees itself in the end; what the work came to, a failure above all, counts for more.
    await ports.slots.release(slot).catch((error: unknown) => {
      ports.log.warn('slot.not_released', { slot: name, because: String(error) });
    });
  }
}
