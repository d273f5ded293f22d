/** The webhook door of each entry of gitHosts[]. */
import { gitWebhook } from '../../lib/adapters/git/webhook.ts';
import { githubWebhook } from '../../lib/adapters/github/webhook.ts';
import { gitlabWebhook } from '../../lib/adapters/gitlab/webhook.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { GitHostConfig } from '../../lib/core/config/git-host-config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import type { Webhook } from '../../lib/ports/webhook.ts';

/** Gitea signs as GitHub does, beside its own header. */
const kinds: Record<GitHostConfig['kind'], (gitHost: string) => Webhook> = {
  github: githubWebhook,
  gitlab: gitlabWebhook,
  gitea: gitWebhook,
  git: gitWebhook,
};

/** Faults of the result: push.unknown_host, push.no_secret. */
export function wireWebhooks({ gitHosts }: Pick<Config, 'gitHosts'>, secrets: Secrets): Ports['webhook'] {
  return (name) => {
    const entry = gitHosts.find((gitHost) => gitHost.name === name);
    if (entry === undefined) throw new Fault('push.unknown_host', { gitHost: name });
    const { kind, webhookSecret } = entry;
    if (webhookSecret === undefined) throw new Fault('push.no_secret', { gitHost: name });
    return { webhook: kinds[kind](name), secret: (options) => secrets.read(webhookSecret, options) };
  };
}
