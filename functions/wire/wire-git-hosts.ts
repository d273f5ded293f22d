/** Finds the Git host of a repository: the entry of gitHosts[] with the longest URL that covers it. */
import { gitHost as plainGitHost } from '../../lib/adapters/git/git-host.ts';
import { githubHost } from '../../lib/adapters/github/git-host.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { GitHostConfig } from '../../lib/core/config/git-host-config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { coversRepository } from '../../lib/core/revision/covers-repository.ts';
import type { GitHost } from '../../lib/ports/git-host.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { type Later, later } from './later.ts';

type Wired = { prefix: string; host: Later<GitHost> };

/** Faults of the result: git.unknown_host, config.secret_missing. */
export async function wireGitHosts(config: Config, secrets: Secrets): Promise<(repoURL: string) => GitHost> {
  const { gitHosts, credentials } = config;
  const byUrl = await Promise.all(
    gitHosts.map(async (entry) => ({ prefix: entry.url, host: await later(() => open(entry, secrets)) })),
  );
  const byCredential = await Promise.all(
    credentials.map(async ({ urlPrefix, username, password }) => ({
      prefix: urlPrefix,
      host: await later(async () =>
        plainGitHost({
          url: urlPrefix,
          token: await secrets.read(password),
          ...(username !== undefined && { username }),
        }),
      ),
    })),
  );
  const longestFirst = [...byCredential, ...byUrl].toSorted((a, b) => b.prefix.length - a.prefix.length);
  return (repoURL) => find(repoURL, longestFirst, gitHosts);
}

function find(repoURL: string, wired: readonly Wired[], gitHosts: readonly GitHostConfig[]): GitHost {
  const found = wired.find(({ prefix }) => coversRepository(prefix, repoURL));
  if (found !== undefined) return found.host();
  throw new Fault('git.unknown_host', { repoURL, known: gitHosts.map(({ url }) => url).join(', ') });
}

async function open(entry: GitHostConfig, secrets: Secrets): Promise<GitHost> {
  const host = await connect(entry, secrets);
  return { ...host, files: (repoURL, sha) => host.files(repoURL, sha, entry.limits) };
}

async function connect(entry: GitHostConfig, secrets: Secrets): Promise<GitHost> {
  const { url } = entry;
  const token = entry.token === undefined ? {} : { token: await secrets.read(entry.token) };
  if (entry.kind !== 'github') return plainGitHost({ url, ...token });
  const { apiUrl, app } = entry;
  if (app !== undefined) throw new Fault('config.app_unsupported', { gitHost: entry.name });
  return githubHost({ url, ...token, ...(apiUrl !== undefined && { apiUrl }) });
}
