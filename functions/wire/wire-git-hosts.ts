/** Finds the Git host of a repository: the entry of gitHosts[] or credentials[] with the longest URL that covers it and may be used. */
import { gitHost as plainGitHost } from '../../lib/adapters/git/git-host.ts';
import { githubHost } from '../../lib/adapters/github/git-host.ts';
import type { GithubOptions } from '../../lib/adapters/github/github-api.ts';
import { githubPullRequests } from '../../lib/adapters/github/pull-requests.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { GitHostConfig } from '../../lib/core/config/git-host-config.ts';
import type { SecretReference } from '../../lib/core/config/secret-reference.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { chooseReader, type RepositoryReader } from '../../lib/core/project/choose-reader.ts';
import type { GitHost } from '../../lib/ports/git-host.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { once } from './once.ts';

type GithubConfig = Extract<GitHostConfig, { kind: 'github' }>;
type Wired = RepositoryReader & { host: () => GitHost };

/** Faults of the result: git.unknown_host, git.no_pull_requests, config.app_unsupported. A token is read when it is first needed. */
export function wireGitHosts(
  { gitHosts, credentials }: Config,
  secrets: Secrets,
): Pick<Ports, 'gitHost' | 'readerOf' | 'pullRequests'> {
  const byUrl = gitHosts.map((entry) => ({ ...ofAll(entry.url), entry, host: once(() => open(entry, secrets)) }));
  const byCredential = credentials.map(({ urlPrefix, project = null, username, password }): Wired => {
    const named = username === undefined ? {} : { username };
    return {
      prefix: urlPrefix,
      project,
      host: once(() => plainGitHost({ url: urlPrefix, ...named, ...tokenOf(password, secrets) })),
    };
  });
  const all = [...byCredential, ...byUrl];
  return {
    gitHost(repoURL, project) {
      const found = chooseReader(all, repoURL, project ?? null);
      if (found !== null) return found.host();
      throw new Fault('git.unknown_host', { repoURL, known: gitHosts.map(({ url }) => url).join(', ') });
    },
    pullRequests(repoURL) {
      const entry = chooseReader(byUrl, repoURL, null)?.entry;
      if (entry?.kind === 'github') return githubPullRequests(optionsOf(entry, secrets));
      throw new Fault('git.no_pull_requests', { repoURL });
    },
    readerOf: (repoURL, project) => chooseReader(all, repoURL, project)?.project ?? null,
  };
}

function ofAll(url: string): RepositoryReader {
  return { prefix: url, project: null };
}

function open(entry: GitHostConfig, secrets: Secrets): GitHost {
  const host =
    entry.kind === 'github'
      ? githubHost(optionsOf(entry, secrets))
      : plainGitHost({ url: entry.url, ...tokenOf(entry.token, secrets) });
  return { ...host, files: (repoURL, sha) => host.files(repoURL, sha, entry.limits) };
}

function optionsOf({ name, url, apiUrl, app, token }: GithubConfig, secrets: Secrets): GithubOptions {
  if (app !== undefined) throw new Fault('config.app_unsupported', { gitHost: name });
  return { url, ...tokenOf(token, secrets), ...(apiUrl !== undefined && { apiUrl }) };
}

function tokenOf(reference: SecretReference | undefined, secrets: Secrets): { token?: () => Promise<string> } {
  return reference === undefined ? {} : { token: () => secrets.read(reference) };
}
