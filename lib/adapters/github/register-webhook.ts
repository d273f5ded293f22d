/** Registers our webhook at a repository of GitHub, or renews its secret where it is there already. */
import { Fault } from '../../core/fault/fault.ts';
import { type GithubOptions, githubApi } from './github-api.ts';
import { githubFault, statusOf } from './github-fault.ts';

export type WebhookToRegister = { repoURL: string; url: string; secret: string };

/** The token must be allowed to administer webhooks. Faults git.webhook_refused, git.*. */
export async function registerWebhook(
  options: GithubOptions,
  { repoURL, url, secret }: WebhookToRegister,
): Promise<'created' | 'updated'> {
  const { octokit, repository, patience } = githubApi(options);
  const place = repository(repoURL);
  const hook = { events: ['push'], active: true, config: { url, secret, content_type: 'json', insecure_ssl: '0' } };
  try {
    // A repository has at most 20 webhooks for one event.
    const all = { ...place, per_page: 100, request: patience() };
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/hooks', all);
    const there = data.find(({ config }) => config.url === url);
    if (there === undefined) {
      await octokit.request('POST /repos/{owner}/{repo}/hooks', {
        ...place,
        name: 'web',
        ...hook,
        request: patience(),
      });
      return 'created';
    }
    const change = { ...place, hook_id: there.id, ...hook, request: patience() };
    await octokit.request('PATCH /repos/{owner}/{repo}/hooks/{hook_id}', change);
    return 'updated';
  } catch (error) {
    if (statusOf(error) !== 422) throw githubFault(error, { repoURL });
    throw new Fault('git.webhook_refused', { repoURL, because: String(error) }, { cause: error });
  }
}
