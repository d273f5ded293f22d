/** Registers our webhook at a repository of GitHub, once however often it is asked for. */
import { Fault } from '../../core/fault/fault.ts';
import { type GithubOptions, githubApi } from './github-api.ts';
import { githubFault, statusOf } from './github-fault.ts';

export type WebhookToRegister = { repoURL: string; url: string; secret: string };

/** The token must be allowed to administer webhooks. Faults git.webhook_refused, git.*. */
export async function registerWebhook(
  options: GithubOptions,
  { repoURL, url, secret }: WebhookToRegister,
): Promise<'created' | 'kept'> {
  const { octokit, repository, patience } = githubApi(options);
  const config = { url, secret, content_type: 'json' };
  const wanted = { ...repository(repoURL), name: 'web', events: ['push'], config, request: patience() };
  try {
    await octokit.request('POST /repos/{owner}/{repo}/hooks', wanted);
    return 'created';
  } catch (error) {
    if (statusOf(error) !== 422) throw githubFault(error, { repoURL });
    if (isThereAlready(error)) return 'kept';
    throw new Fault('git.webhook_refused', { repoURL, because: String(error) }, { cause: error });
  }
}

/** GitHub gives no other sign of it than this sentence. */
function isThereAlready(error: unknown): boolean {
  return error instanceof Error && error.message.includes('already exists');
}
