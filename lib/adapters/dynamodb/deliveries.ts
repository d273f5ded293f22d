/** Webhook deliveries in DynamoDB, which forgets them itself. */
import type { Deliveries } from '../../ports/deliveries.ts';
import { deliveryKey } from './keys.ts';
import type { Table } from './table.ts';

const weekS = 7 * 24 * 60 * 60;

export function dynamoDeliveries(table: Table): Deliveries {
  return {
    async known(gitHost, delivery) {
      return (await table.get(deliveryKey(gitHost, delivery))) !== null;
    },
    async remember(gitHost, delivery, now) {
      await table.write({ put: { ...deliveryKey(gitHost, delivery), ttl: Math.ceil(now / 1000) + weekS } });
    },
  };
}
