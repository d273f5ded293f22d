/** Slots in memory, for unit tests. */
import type { Slots } from '../../ports/slots.ts';

export function memorySlots(): Slots {
  const taken = new Map<string, { holder: string; until: number }>();
  const name = (cluster: string, number: number) => `${cluster}/${number}`;
  return {
    async take(cluster, { of, holder, now, forMs }) {
      for (let number = 0; number < of; number++) {
        if ((taken.get(name(cluster, number))?.until ?? 0) > now) continue;
        taken.set(name(cluster, number), { holder, until: now + forMs });
        return { cluster, number, holder };
      }
      return null;
    },
    async release({ cluster, number, holder }) {
      if (taken.get(name(cluster, number))?.holder === holder) taken.delete(name(cluster, number));
    },
  };
}
