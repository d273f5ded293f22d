/** Heads of repositories in DynamoDB. */
import type { Heads } from '../../core/revision/heads.ts';
import type { Repositories } from '../../ports/repositories.ts';
import type { Bodies } from './bodies.ts';
import type { SingleWrite } from './expressions.ts';
import { number } from './item.ts';
import { headsKey } from './keys.ts';
import type { Table } from './table.ts';

export function dynamoRepositories(table: Table, bodies: Bodies): Repositories {
  async function replace(write: SingleWrite): Promise<void> {
    const written = await table.write(write);
    if ('item' in written) await bodies.discard(written.item);
  }

  return {
    async get(repoURL) {
      const item = await table.get(headsKey(repoURL));
      const body = item === null ? null : await bodies.read(item);
      if (item === null || body === null) return null;
      const heads: Heads = JSON.parse(body);
      return { heads, at: number(item, 'at') };
    },
    put: async (repoURL, heads, at) => replace({ put: { ...headsKey(repoURL), ...(await bodies.pack(heads)), at } }),
    forget: (repoURL) => replace({ remove: headsKey(repoURL) }),
  };
}
