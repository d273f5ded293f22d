/** Finds the Git host of a repository: the entry of gitHosts[] or credentials[] with the longest URL that covers it and may be used. */
import { gitHost as plainGitHost } from '../../lib/adapters/git/git-host.ts';
import { githubHost } from '../../lib/adapters/github/git-host.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { GitHostConfig } from '../../lib/core/config/git-host-config.ts';
import type { SecretReference } from '../../lib/core/config/secret-reference.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { chooseReader, type RepositoryReader } from '../../lib/core/project/choose-reader.ts';
import type { GitHost } from '../../lib/ports/git-host.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { once } from './once.ts';

type Wired = RepositoryReader & { host: () => GitHost };

/** Faults of the result: git.unknown_host, config.app_unsupported. A token is read when it is first needed. */
export function wireGitHosts({ gitHosts, credentials }: Config, secrets: Secrets): Pick<Ports, 'gitHost' | 'readerOf'> {
  const byUrl = gitHosts.map(
    (entry): Wired => ({ prefix: entry.url, project: null, host: once(() => open(entry, secrets)) }),
  );
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
    readerOf: (repoURL, project) => chooseReader(all, repoURL, project)?.project ?? null,
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
