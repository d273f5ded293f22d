/** Announces through a Slack incoming webhook (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
import { Fault } from '../../core/fault/fault.ts';
import type { Notice } from '../../core/notice/notice.ts';
import { writeNotice } from '../../core/notice/write-notice.ts';
import type { Announcer } from '../../ports/announcer.ts';
import { slackFault } from './slack-fault.ts';
import { writeMessage } from './write-message.ts';

/** `url` is itself the credential: asked each time, since it may have been renewed, and in no fault, log line or message. */
export type SlackOptions = { url: () => Promise<string>; timeoutMs?: number };

export function slackAnnouncer({ url, timeoutMs = 10_000 }: SlackOptions): Announcer {
  return {
    /** Faults notice.refused, notice.rate_limited, notice.unreachable. */
    async announce(notice: Notice): Promise<void> {
      const target = readUrl(await url());
      const response = await post(target, JSON.stringify(writeMessage(writeNotice(notice))), timeoutMs);
      if (!response.ok) throw slackFault(target.host, response, await readAnswer(response));
      await response.body?.cancel();
    },
  };
}

function readUrl(url: string): URL {
  const target = URL.parse(url);
  if (target !== null && ['http:', 'https:'].includes(target.protocol)) return target;
  throw new Fault('notice.refused', { host: 'notifications.slack[].url', because: 'it is no http(s) URL' });
}

async function post(target: URL, body: string, timeoutMs: number): Promise<Response> {
  try {
    return await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      // Slack does not redirect; whoever does would be told what happens in the cluster.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw new Fault('notice.unreachable', { host: target.host, because: reasonOf(cause) }, { cause });
  }
}

/** The answer is one word; what is longer comes from something that is not Slack. */
async function readAnswer(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  return text.trim().slice(0, 100);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
