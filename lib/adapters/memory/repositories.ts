/** Heads of repositories in memory, for unit tests. */
import type { Heads } from '../../core/revision/heads.ts';
import { repositoryKey } from '../../core/revision/repository-key.ts';
import type { Repositories } from '../../ports/repositories.ts';

export function memoryRepositories(): Repositories {
  const repositories = new Map<string, { heads: Heads; at: number }>();

  return {
    async get(repoURL) {
      return structuredClone(repositories.get(repositoryKey(repoURL)) ?? null);
    },
    async put(repoURL, heads, { at, seen }) {
      const key = repositoryKey(repoURL);
      if ((repositories.get(key)?.at ?? null) !== seen) return false;
      repositories.set(key, structuredClone({ heads, at }));
      return true;
    },
    async forget(repoURL) {
      repositories.delete(repositoryKey(repoURL));
    },
  };
}
