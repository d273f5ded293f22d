/** GitHub's REST API for one entry of gitHosts[]. */
import { Octokit } from '@octokit/core';
import { Fault } from '../../core/fault/fault.ts';
import { coversRepository } from '../../core/revision/covers-repository.ts';
import { readRepositoryUrl } from '../../core/revision/repository-url.ts';

export type GithubOptions = {
  /** `gitHosts[].url` */
  url: string;
  /** Default: https://api.github.com, https://api.NAME.ghe.com, or `/api/v3` of an Enterprise Server. */
  apiUrl?: string;
  /** Asked before every request: it may have been renewed. */
  token?: () => Promise<string>;
  /** For one request, its answer included. */
  timeoutMs?: number;
};

export type GithubApi = {
  octokit: Octokit;
  /** Owner and name, as the API wants them. Faults git.unsupported_url, git.unknown_host. */
  repository(repoURL: string): { owner: string; repo: string };
  /** To be given as `request` with every call. */
  patience(): { signal: AbortSignal };
};

export function githubApi({ url, apiUrl, token, timeoutMs = 60_000 }: GithubOptions): GithubApi {
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const octokit = new Octokit({
    baseUrl: (apiUrl ?? apiOf(url)).replace(/\/+$/, ''),
    userAgent: 'trueup',
    log: silent,
  });
  if (token !== undefined) {
    octokit.hook.before('request', async (options) => {
      options.headers.authorization = `token ${await token()}`;
    });
  }
  return {
    octokit,
    repository(repoURL) {
      const [owner, repo, ...more] = readRepositoryUrl(repoURL).path.split('/');
      if (!coversRepository(url, repoURL)) throw new Fault('git.unknown_host', { repoURL, known: url });
      if (owner && repo && more.length === 0) return { owner, repo };
      throw new Fault('git.unsupported_url', { repoURL, because: 'a repository of GitHub is OWNER/NAME' });
    },
    patience: () => ({ signal: AbortSignal.timeout(timeoutMs) }),
  };
}

function apiOf(url: string): string {
  const { protocol, host, origin } = new URL(url);
  const isCloud = host === 'github.com' || host.endsWith('.ghe.com');
  return isCloud ? `${protocol}//api.${host}` : `${origin}/api/v3`;
}
