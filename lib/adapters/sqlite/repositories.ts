/** Heads of repositories in SQLite. */
import type { Heads } from '../../core/revision/heads.ts';
import { repositoryKey } from '../../core/revision/repository-key.ts';
import type { Repositories } from '../../ports/repositories.ts';
import type { Database } from './open-database.ts';
import { integer, text } from './row.ts';

export function sqliteRepositories(database: Database): Repositories {
  const get = database.prepare('SELECT heads, at FROM repositories WHERE url = ?');
  const put = database.prepare(`
    INSERT INTO repositories (url, heads, at) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET heads = excluded.heads, at = excluded.at`);
  const forget = database.prepare('DELETE FROM repositories WHERE url = ?');

  return {
    async get(repoURL) {
      const row = database.read(() => get.get(repositoryKey(repoURL)));
      if (row === undefined) return null;
      const heads: Heads = JSON.parse(text(row, 'heads'));
      return { heads, at: integer(row, 'at') };
    },
    async put(repoURL, heads, at) {
      database.write(() => put.run(repositoryKey(repoURL), JSON.stringify(heads), at));
    },
    async forget(repoURL) {
      database.write(() => forget.run(repositoryKey(repoURL)));
    },
  };
}
