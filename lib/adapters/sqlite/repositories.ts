/** Heads of repositories in SQLite. */
import type { Heads } from '../../core/revision/heads.ts';
import { repositoryKey } from '../../core/revision/repository-key.ts';
import type { Repositories } from '../../ports/repositories.ts';
import type { Database } from './open-database.ts';
import { integer, text } from './row.ts';

export function sqliteRepositories(database: Database): Repositories {
  const get = database.prepare('SELECT heads, at FROM repositories WHERE url = ?');
  const add = database.prepare('INSERT INTO repositories (url, heads, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const replace = database.prepare('UPDATE repositories SET heads = ?, at = ? WHERE url = ? AND at = ?');
  const forget = database.prepare('DELETE FROM repositories WHERE url = ?');

  return {
    async get(repoURL) {
      const row = database.read(() => get.get(repositoryKey(repoURL)));
      if (row === undefined) return null;
      const heads: Heads = JSON.parse(text(row, 'heads'));
      return { heads, at: integer(row, 'at') };
    },
    async put(repoURL, heads, { at, seen }) {
      const key = repositoryKey(repoURL);
      const text = JSON.stringify(heads);
      const { changes } = database.write(() =>
        seen === null ? add.run(key, text, at) : replace.run(text, at, key, seen),
      );
      return Number(changes) === 1;
    },
    async forget(repoURL) {
      database.write(() => forget.run(repositoryKey(repoURL)));
    },
  };
}
