/** Webhook deliveries in memory, for unit tests. */
import type { Deliveries } from '../../ports/deliveries.ts';

const weekMs = 7 * 24 * 60 * 60 * 1000;

export function memoryDeliveries(): Deliveries {
  const deliveries = new Map<string, number>();
  const keyOf = (gitHost: string, delivery: string) => JSON.stringify([gitHost, delivery]);

  return {
    async known(gitHost, delivery) {
      return deliveries.has(keyOf(gitHost, delivery));
    },
    async remember(gitHost, delivery, now) {
      for (const [key, at] of deliveries) if (at < now - weekMs) deliveries.delete(key);
      const key = keyOf(gitHost, delivery);
      if (!deliveries.has(key)) deliveries.set(key, now);
    },
  };
}
