/** Positions of watches in DynamoDB. */
import type { Positions } from '../../ports/positions.ts';
import { number, text } from './item.ts';
import { positionPrefix, positionsPk } from './keys.ts';
import type { Table } from './table.ts';

export function dynamoPositions(table: Table): Positions {
  return {
    async of(cluster) {
      const values = { pk: positionsPk(cluster), prefix: positionPrefix };
      const items = await table.query({ where: '#pk = :pk AND begins_with(#sk, :prefix)', values });
      return Object.fromEntries(
        items.map((item) => [
          text(item, 'sk').slice(positionPrefix.length),
          { resourceVersion: text(item, 'resourceVersion'), listedAt: number(item, 'listedAt') },
        ]),
      );
    },
    async put(cluster, kind, position) {
      const key = { pk: positionsPk(cluster), sk: `${positionPrefix}${kind}` };
      await table.write(position === null ? { remove: key } : { put: { ...key, ...position } });
    },
  };
}
