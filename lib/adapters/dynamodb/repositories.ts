/** Heads of repositories in DynamoDB. */
import { randomUUID } from 'node:crypto';
import type { Heads } from '../../core/revision/heads.ts';
import type { Repositories } from '../../ports/repositories.ts';
import type { Bodies } from './bodies.ts';
import { number } from './item.ts';
import { headsKey } from './keys.ts';
import type { Table } from './table.ts';

export function dynamoRepositories(table: Table, bodies: Bodies): Repositories {
  return {
    async get(repoURL) {
      const item = await table.get(headsKey(repoURL));
      const body = item === null ? null : await bodies.read(item);
      if (item === null || body === null) return null;
      const heads: Heads = JSON.parse(body);
      return { heads, at: number(item, 'at') };
    },
    async put(repoURL, heads, { at, seen }) {
      const body = await bodies.pack(heads);
      const token = randomUUID();
      const written = await table.write({
        put: { ...headsKey(repoURL), ...body, at, token },
        if: seen === null ? 'attribute_not_exists(#pk)' : '#at = :seen',
        values: seen === null ? {} : { seen },
      });
      if ('item' in written) await bodies.discard(written.item);
      // The token: the answer was lost, and the SDK's second try found what its first had written.
      else if (written.refused.token !== token) {
        await bodies.discard(body);
        return false;
      }
      return true;
    },
    async forget(repoURL) {
      const written = await table.write({ remove: headsKey(repoURL) });
      if ('item' in written) await bodies.discard(written.item);
    },
  };
}
