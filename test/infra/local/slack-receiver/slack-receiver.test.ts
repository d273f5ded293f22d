import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type SlackReceiver, startSlackReceiver } from '../../../../infra/local/slack-receiver/slack-receiver.ts';

describe('slack-receiver judges as Slack does', () => {
  let receiver: SlackReceiver;
  before(async () => {
    receiver = await startSlackReceiver();
  });
  after(() => receiver.close());

  const section = (text: unknown) => [{ type: 'section', text }];
  for (const { when, body, type = 'application/json', gives } of [
    { when: 'text', body: '{"text":"hi"}', gives: [200, 'ok'] },
    { when: 'blocks', body: JSON.stringify({ blocks: section({ type: 'mrkdwn', text: 'hi' }) }), gives: [200, 'ok'] },
    {
      when: 'a form',
      body: `payload=${encodeURIComponent('{"text":"hi"}')}`,
      type: 'application/x-www-form-urlencoded',
      gives: [200, 'ok'],
    },
    { when: 'nothing to say', body: '{}', gives: [400, 'no_text'] },
    { when: 'an empty text', body: '{"text":""}', gives: [400, 'no_text'] },
    { when: 'broken JSON', body: '{"text":', gives: [400, 'invalid_payload'] },
    { when: 'a list', body: '[]', gives: [400, 'invalid_payload'] },
    { when: 'a text that is none', body: '{"text":5}', gives: [400, 'invalid_payload'] },
    { when: 'a block of an unknown type', body: '{"blocks":[{"type":"sektion"}]}', gives: [400, 'invalid_blocks'] },
    { when: 'a section without text', body: '{"blocks":[{"type":"section"}]}', gives: [400, 'invalid_blocks'] },
    {
      when: 'a section that is too long',
      body: JSON.stringify({ blocks: section({ type: 'mrkdwn', text: 'x'.repeat(3001) }) }),
      gives: [400, 'invalid_blocks'],
    },
    {
      when: 'too many blocks',
      body: JSON.stringify({ blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }),
      gives: [400, 'invalid_blocks'],
    },
    { when: 'too much text', body: JSON.stringify({ text: 'x'.repeat(40_001) }), gives: [400, 'msg_too_long'] },
    { when: 'too large a body', body: 'x'.repeat(1024 * 1024 + 1), gives: [413, 'payload_too_large'] },
  ]) {
    it(`answers ${gives.join(' ')} to ${when}`, async () => {
      const count = receiver.payloads.length;
      const response = await fetch(receiver.url, { method: 'POST', headers: { 'content-type': type }, body });
      deepEqual([response.status, await response.text()], gives);
      equal(receiver.payloads.length, count + (gives[0] === 200 ? 1 : 0));
    });
  }

  it('knows no other webhook, and only POST', async () => {
    equal(await (await fetch(`${receiver.url}x`, { method: 'POST', body: '{}' })).text(), 'no_service');
    equal((await fetch(receiver.url)).status, 405);
  });

  it('answers as it is told, once', async () => {
    receiver.answerNext({ status: 429, body: 'rate_limited', retryAfterSeconds: 3 });
    const limited = await fetch(receiver.url, { method: 'POST', body: '{"text":"hi"}' });
    deepEqual([limited.status, limited.headers.get('retry-after')], [429, '3']);
    equal((await fetch(receiver.url, { method: 'POST', body: '{"text":"hi"}' })).status, 200);
  });
});
