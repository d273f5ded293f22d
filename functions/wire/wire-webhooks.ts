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
import { later } from './later.ts';

/** Gitea signs as GitHub does, beside its own header. */
const kinds: Record<GitHostConfig['kind'], (gitHost: string) => Webhook> = {
  github: githubWebhook,
  gitlab: gitlabWebhook,
  gitea: gitWebhook,
  git: gitWebhook,
};

/** Faults of the result: push.unknown_host, push.no_secret, config.secret_missing. */
export async function wireWebhooks({ gitHosts }: Config, secrets: Secrets): Promise<Ports['webhook']> {
  const doors = await Promise.all(
    gitHosts.map(async ({ name, kind, webhookSecret }) => {
      const door = await later(async () => {
        if (webhookSecret === undefined) throw new Fault('push.no_secret', { gitHost: name });
        return { webhook: kinds[kind](name), secret: await secrets.read(webhookSecret) };
      });
      return [name, door] as const;
    }),
  );
  const byName = new Map(doors);
  return (gitHost) => {
    const door = byName.get(gitHost);
    if (door === undefined) throw new Fault('push.unknown_host', { gitHost, known: [...byName.keys()].join(', ') });
    return door();
  };
}
