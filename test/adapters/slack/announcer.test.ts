import { doesNotMatch, equal, match, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { messageText } from '../../../infra/local/slack-receiver/message-text.ts';
import { type Answer, startSlackReceiver } from '../../../infra/local/slack-receiver/slack-receiver.ts';
import { slackAnnouncer } from '../../../lib/adapters/slack/announcer.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { announcerContract } from '../../contracts/announcer.contract.ts';
import { aNotice } from '../../core/notice/a-notice.ts';

const notice = aNotice({ type: 'hold.ended' });

announcerContract('slack', async () => {
  const receiver = await startSlackReceiver();
  const answers: Record<string, Answer> = {
    refusal: { status: 404, body: 'no_service' },
    'limit of 7 s': { status: 429, body: 'rate_limited', retryAfterSeconds: 7 },
    breakdown: { status: 503, body: 'service_unavailable' },
    silence: 'hang',
  };
  return {
    announcer: slackAnnouncer({ url: async () => receiver.url, timeoutMs: 2_000 }),
    shown: () => receiver.payloads.map(messageText),
    meetNext: (trouble) => receiver.answerNext(answers[trouble] ?? 'hang'),
    close: () => receiver.close(),
  };
});

test('a refused notice says what Slack answered, and not the address, which is the credential', async () => {
  const receiver = await startSlackReceiver();
  receiver.answerNext({ status: 410, body: 'channel_is_archived' });
  await rejects(slackAnnouncer({ url: async () => receiver.url }).announce(notice), (error) => {
    const said = error instanceof Fault ? JSON.stringify(error.report()) : '';
    match(said, /channel_is_archived/);
    doesNotMatch(said, /T00000000/);
    return true;
  });
  await receiver.close();
});

test('a redirect is not followed: the message is for one channel only', async () => {
  const [receiver, other] = [await startSlackReceiver(), await startSlackReceiver()];
  receiver.answerNext({ status: 307, body: 'moved' });
  await rejects(
    slackAnnouncer({ url: async () => receiver.url }).announce(notice),
    (error) => error instanceof Fault && error.code === 'notice.refused',
  );
  equal(other.payloads.length, 0);
  await Promise.all([receiver.close(), other.close()]);
});

test('a limit without a time means half a minute', async () => {
  const receiver = await startSlackReceiver();
  receiver.answerNext({ status: 429, body: 'rate_limited' });
  await rejects(
    slackAnnouncer({ url: async () => receiver.url }).announce(notice),
    (error) => error instanceof Fault && error.facts.retryAfterMs === 30_000,
  );
  await receiver.close();
});

test('an address that is none is refused with the setting to look at', async () => {
  for (const url of ['', 'hooks.slack.com/services/x', 'file:///etc/passwd']) {
    await rejects(
      slackAnnouncer({ url: async () => url }).announce(notice),
      (error) =>
        error instanceof Fault && error.code === 'notice.refused' && error.message.includes('notifications.slack'),
    );
  }
});
