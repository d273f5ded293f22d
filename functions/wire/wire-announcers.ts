/** The channels that notices go to, and which Applications each hears of. */
import picomatch from 'picomatch';
import { githubCommitStatus } from '../../lib/adapters/github/commit-status.ts';
import { slackAnnouncer } from '../../lib/adapters/slack/announcer.ts';
import type { Config } from '../../lib/core/config/config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { coversRepository } from '../../lib/core/revision/covers-repository.ts';
import type { Announcer } from '../../lib/ports/announcer.ts';
import type { Applications } from '../../lib/ports/applications.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { once } from './once.ts';

type Channel = { name: string; hears(application: string): boolean; announcer: () => Announcer };

/** Fault of `announcer`: config.unknown_channel. */
export function wireAnnouncers(
  config: Config,
  secrets: Secrets,
  applications: Applications,
): Pick<Ports, 'announcer' | 'channels'> {
  const channels = [...slackChannels(config, secrets), ...commitStatusChannels(config, secrets, applications)];
  return {
    channels: (application) => channels.filter(({ hears }) => hears(application)).map(({ name }) => name),
    announcer(channel) {
      const found = channels.find(({ name }) => name === channel);
      if (found === undefined) throw new Fault('config.unknown_channel', { channel });
      return found.announcer();
    },
  };
}

function slackChannels({ notifications }: Config, secrets: Secrets): Channel[] {
  return notifications.slack.map(({ name, url, applications }) => ({
    name: `slack/${name}`,
    hears: picomatch(applications),
    announcer: once(() => slackAnnouncer({ url: () => secrets.read(url) })),
  }));
}

/** Every Application may read a repository there: which do is asked when there is something to tell. */
function commitStatusChannels({ gitHosts }: Config, secrets: Secrets, applications: Applications): Channel[] {
  const hosts = gitHosts.flatMap((host) => (host.kind === 'github' && host.commitStatus ? [host] : []));
  const told = hosts.flatMap(({ token, ...host }) => (token === undefined ? [] : [{ ...host, token }]));
  return told.map(({ name, url, apiUrl, token }) => ({
    name: `commit-status/${name}`,
    hears: () => true,
    announcer: once(() =>
      githubCommitStatus({
        url,
        token: () => secrets.read(token),
        ...(apiUrl !== undefined && { apiUrl }),
        repositoryOf: async (application) => {
          const repoURL = (await applications.get(application))?.application.source.repoURL;
          return repoURL !== undefined && coversRepository(url, repoURL) ? repoURL : null;
        },
        pageOf: () => '',
      }),
    ),
  }));
}
