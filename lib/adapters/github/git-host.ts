/** Reads repositories of GitHub and GitHub Enterprise through the REST API. */
import type { GitHost } from '../../ports/git-host.ts';
import { type GithubOptions, githubApi } from './github-api.ts';
import { githubFault, revisionNotFound, statusOf } from './github-fault.ts';
import { listTree } from './list-tree.ts';
import { readFiles } from './read-files.ts';
import { readHeads } from './read-heads.ts';

export function githubHost(options: GithubOptions): GitHost {
  const api = githubApi(options);

  /** GitHub answers 404 for an unknown commit as for an unknown repository: ask which it is. */
  const ofCommit = async <T>(repoURL: string, revision: string, ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      if (statusOf(error) !== 404) throw githubFault(error, { repoURL, revision });
      const repository = { ...api.repository(repoURL), request: api.patience() };
      await api.octokit.request('GET /repos/{owner}/{repo}', repository).catch((cause: unknown) => {
        throw githubFault(cause, { repoURL });
      });
      throw revisionNotFound(repoURL, revision, { cause: error });
    }
  };

  return {
    async heads(repoURL, etag) {
      const repository = api.repository(repoURL);
      return readHeads(api, repository, etag).catch((error: unknown) => {
        throw githubFault(error, { repoURL });
      });
    },

    async commit(repoURL, revision) {
      const request = { ...api.repository(repoURL), ref: revision, request: api.patience() };
      const ask = () => api.octokit.request('GET /repos/{owner}/{repo}/commits/{ref}', request);
      const { sha, html_url: url, commit } = (await ofCommit(repoURL, revision, ask)).data;
      const at = new Date(commit.committer?.date ?? commit.author?.date ?? 0).toISOString();
      const { name: author = '', email = '' } = commit.author ?? {};
      return { sha, author, email, message: commit.message.trimEnd(), at, url };
    },

    async hashes(repoURL, sha, paths) {
      const repository = api.repository(repoURL);
      const { id, entries } = await ofCommit(repoURL, sha, () => listTree(api, repository, { sha, onFile: () => {} }));
      const ids = new Map(entries.map((entry) => [entry.path, entry.id]));
      const idOf = (path: string) => (path === '.' || path === '' ? id : (ids.get(path) ?? null));
      return Object.fromEntries(paths.map((path) => [path, idOf(path)]));
    },

    async files(repoURL, sha, limits) {
      const repository = api.repository(repoURL);
      return ofCommit(repoURL, sha, () => readFiles(api, repository, { repoURL, sha }, limits));
    },
  };
}
