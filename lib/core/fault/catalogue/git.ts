/** Faults of Git hosts and fetching. */
import type { FaultInfo } from '../catalogue.ts';

export const gitFaults = {
  'git.unreachable': {
    http: 503,
    retry: 'later',
    says: 'The Git host of {repoURL} does not answer',
    hint: 'Check the URL in gitHosts[] and the network; Trueup tries again by itself.',
  },
  'git.unauthorized': {
    http: 401,
    retry: 'never',
    says: 'The Git host refuses the credentials for {repoURL}',
    hint: 'The token is wrong or expired: put a new one where gitHosts[].token points to. Read access to contents is enough.',
  },
  'git.repository_not_found': {
    http: 404,
    retry: 'never',
    says: 'There is no repository {repoURL}, or the token may not see it',
    hint: 'Check spec.source.repoURL of the Application; for a private repository give gitHosts[].token access to it.',
  },
  'git.revision_not_found': {
    http: 404,
    retry: 'never',
    says: '{repoURL} has no branch, tag or commit {targetRevision}',
    hint: 'Check spec.source.targetRevision. Known: {known}.',
  },
  'git.unknown_host': {
    http: 400,
    retry: 'never',
    says: 'No entry of gitHosts[] covers {repoURL}',
    hint: 'Add the host to gitHosts[] in trueup.yaml; known: {known}.',
  },
  'git.unsupported_url': {
    http: 400,
    retry: 'never',
    says: '{repoURL} is not a repository URL Trueup can read',
    hint: 'Use https://HOST/PATH; ssh://git@HOST/PATH and git@HOST:PATH are read over the URL of that host in gitHosts[].',
  },
  'git.not_understood': {
    http: 502,
    retry: 'later',
    says: 'The Git host of {repoURL} answered with something that is not Git',
    hint: 'Open {repoURL} in a browser: a sign-in page, a proxy or a dumb HTTP server may stand there.',
  },
  'git.webhook_refused': {
    http: 422,
    retry: 'never',
    says: '{repoURL} does not take the webhook',
    hint: 'The token needs admin:repo_hook (or Webhooks: write), and the URL must be reachable for the Git host.',
  },
  'git.no_pull_requests': {
    http: 501,
    retry: 'never',
    says: 'Trueup opens no pull requests at the Git host of {repoURL}',
    hint: 'It does at an entry of gitHosts[] of the kind github. Elsewhere revert the commit by hand: the rollback holds until `trueup unhold`.',
  },
  'git.no_branch': {
    http: 409,
    retry: 'never',
    says: '{application} follows {targetRevision} of {repoURL}, which is no branch',
    hint: 'A pull request goes into a branch. Set spec.source.targetRevision of the Application to the revision that is wanted.',
  },
  'git.pull_request_refused': {
    http: 403,
    retry: 'never',
    says: '{repoURL} does not take the pull request',
    hint: 'The token of gitHosts[] needs Contents: write and Pull requests: write, or the scope repo. The rollback itself is not touched by this.',
  },
  'git.rate_limited': {
    http: 429,
    retry: 'later',
    says: 'The Git host limits our requests to {repoURL}',
    hint: 'Trueup waits and goes on by itself; a GitHub App has a larger budget than a token.',
  },
  'git.too_large': {
    http: 413,
    retry: 'never',
    says: '{repoURL} at {revision} is larger than {limit} ({what})',
    hint: 'Keep manifests in a repository of their own, or raise gitHosts[].limits.',
  },
  'git.unsafe_path': {
    http: 400,
    retry: 'never',
    says: 'The path {path} in {repoURL} is not safe to read',
    hint: 'Paths and symbolic links must stay inside the repository and lead to a file or folder in it.',
  },
} as const satisfies Record<string, FaultInfo>;
