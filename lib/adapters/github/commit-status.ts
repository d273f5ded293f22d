/** Tells of a sync on its commit: `trueup/APP` among the checks of GitHub. */
import type { Announcer } from '../../ports/announcer.ts';
import { type GithubOptions, githubApi } from './github-api.ts';
import { githubFault } from './github-fault.ts';
import { statusOfSync } from './status-of-sync.ts';

export type CommitStatusOptions = GithubOptions & {
  /** The repository an Application reads; null where there is none any more, or it lies elsewhere. */
  repositoryOf(application: string): Promise<string | null>;
  /** Page of the Application for people; empty: no link. */
  pageOf(application: string): string;
};

/** A notice is ours for no longer than a minute. */
const timeoutMs = 20_000;

/** Needs a token that may write commit statuses. Faults: `git.*`. */
export function githubCommitStatus(options: CommitStatusOptions): Announcer {
  const { octokit, repository, patience } = githubApi({ timeoutMs, ...options });
  return {
    async announce({ event }) {
      const status = statusOfSync(event);
      const repoURL = status === null ? null : await options.repositoryOf(event.application);
      if (status === null || repoURL === null) return;
      const target_url = options.pageOf(event.application);
      const body = {
        ...repository(repoURL),
        ...status,
        ...(target_url === '' ? {} : { target_url }),
        request: patience(),
      };
      await octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', body).catch((error: unknown) => {
        throw githubFault(error, { repoURL, revision: status.sha });
      });
    },
  };
}
