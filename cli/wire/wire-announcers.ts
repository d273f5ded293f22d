/** The channels that notices go to, and which Applications each hears of. */
import picomatch from 'picomatch';
import { slackAnnouncer } from '../../lib/adapters/slack/announcer.ts';
import type { Config } from '../../lib/core/config/config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { later } from './later.ts';

/** Fault of `announcer`: config.secret_missing. */
export async function wireAnnouncers(
  { notifications }: Config,
  secrets: Secrets,
): Promise<Pick<Ports, 'announcer' | 'channels'>> {
  const channels = await Promise.all(
    notifications.slack.map(async ({ name, url, applications }) => ({
      name,
      hears: picomatch(applications),
      announcer: await later(async () => slackAnnouncer({ url: await secrets.read(url) })),
    })),
  );
  return {
    channels: (application) => channels.filter(({ hears }) => hears(application)).map(({ name }) => name),
    announcer(channel) {
      const found = channels.find(({ name }) => name === channel);
      if (found === undefined) throw new Fault('config.unknown_channel', { channel });
      return found.announcer();
    },
  };
}
