/** Finds the Git host of a repository: the entry of gitHosts[] with the longest URL that covers it. */
import { gitHost as plainGitHost } from '../../lib/adapters/git/git-host.ts';
import { githubHost } from '../../lib/adapters/github/git-host.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { GitHostConfig } from '../../lib/core/config/git-host-config.ts';
import type { SecretReference } from '../../lib/core/config/secret-reference.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { coversRepository } from '../../lib/core/revision/covers-repository.ts';
import type { GitHost } from '../../lib/ports/git-host.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { once } from './once.ts';

type Wired = { prefix: string; host: () => GitHost };

/** Faults of the result: git.unknown_host, config.app_unsupported. A token is read when it is first needed. */
export function wireGitHosts({ gitHosts, credentials }: Config, secrets: Secrets): (repoURL: string) => GitHost {
  const byUrl = gitHosts.map((entry): Wired => ({ prefix: entry.url, host: once(() => open(entry, secrets)) }));
  const byCredential = credentials.map(({ urlPrefix, username, password }): Wired => {
    const named = username === undefined ? {} : { username };
    return {
      prefix: urlPrefix,
      host: once(() => plainGitHost({ url: urlPrefix, ...named, ...tokenOf(password, secrets) })),
    };
  });
  const longestFirst = [...byCredential, ...byUrl].toSorted((a, b) => b.prefix.length - a.prefix.length);
  return (repoURL) => {
    const found = longestFirst.find(({ prefix }) => coversRepository(prefix, repoURL));
    if (found !== undefined) return found.host();
    throw new Fault('git.unknown_host', { repoURL, known: gitHosts.map(({ url }) => url).join(', ') });
  };
}

function open(entry: GitHostConfig, secrets: Secrets): GitHost {
  const { url } = entry;
  const token = tokenOf(entry.token, secrets);
  const host = connect();
  return { ...host, files: (repoURL, sha) => host.files(repoURL, sha, entry.limits) };

  function connect(): GitHost {
    if (entry.kind !== 'github') return plainGitHost({ url, ...token });
    const { apiUrl, app } = entry;
    if (app !== undefined) throw new Fault('config.app_unsupported', { gitHost: entry.name });
    return githubHost({ url, ...token, ...(apiUrl !== undefined && { apiUrl }) });
  }
}

function tokenOf(reference: SecretReference | undefined, secrets: Secrets): { token?: () => Promise<string> } {
  return reference === undefined ? {} : { token: () => secrets.read(reference) };
}
