import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkPayload } from '../../../infra/local/slack-receiver/check-payload.ts';
import { messageText } from '../../../infra/local/slack-receiver/message-text.ts';
import { escapeText } from '../../../lib/adapters/slack/escape-text.ts';
import { writeMessage } from '../../../lib/adapters/slack/write-message.ts';
import type { NoticeText } from '../../../lib/core/notice/notice-text.ts';

function aText(fields: Partial<NoticeText>): NoticeText {
  return { tone: 'good', title: 'shop is at 1a2b3c4', lines: [], link: null, footer: 'Notice ev-1@team', ...fields };
}

const taken = (text: NoticeText) => checkPayload('application/json', JSON.stringify(writeMessage(text)));

test('write-message puts the title, the lines and the id where people look for them', () => {
  deepEqual(
    writeMessage(
      aText({
        lines: ['2 updated', 'Ann: push'],
        link: { url: 'https://git.example.com/c/1?a=1&b=2', label: '1a2b3c4' },
      }),
    ),
    {
      text: ':large_green_circle: shop is at 1a2b3c4',
      blocks: [
        {
          type: 'section',
          text: { type: 'mrkdwn', text: ':large_green_circle: *shop is at 1a2b3c4*', verbatim: true },
        },
        { type: 'section', text: { type: 'mrkdwn', text: '2 updated\nAnn: push', verbatim: true } },
        {
          type: 'context',
          elements: [
            {
              type: 'mrkdwn',
              text: '<https://git.example.com/c/1?a=1&amp;b=2|1a2b3c4>  Notice ev-1@team',
              verbatim: true,
            },
          ],
        },
      ],
      unfurl_links: false,
      unfurl_media: false,
    },
  );
});

for (const { it, given } of [
  { it: 'call a channel', given: '<!channel> look' },
  { it: 'mention a person', given: '<@U024BE7LH>' },
  { it: 'pass off one address as another', given: '<https://evil.example|https://bank.example>' },
  { it: 'smuggle an escape', given: '&lt;!here&gt;' },
  { it: 'look like a quotation', given: '> Ann said' },
]) {
  test(`text from Git cannot ${it}`, () => {
    const message = JSON.stringify(
      writeMessage(
        aText({ title: given, lines: [given], footer: given, link: { url: 'https://x.example', label: given } }),
      ),
    );
    doesNotMatch(message.replaceAll('<https://x.example/|', '').replaceAll('>  ', ''), /[<>]/);
    const checked = taken(aText({ title: given, lines: [given] }));
    ok('payload' in checked && messageText(checked.payload).includes(given));
  });
}

test('text from Git cannot be bold, struck out or code, and is read unchanged', () => {
  for (const text of ['*bold*', '_slanted_', '~gone~', '`code`', '*/5 * * * *', 'a_b MY_VAR_NAME', 'x*y*z']) {
    doesNotMatch(escapeText(text), /(?<!\u2060)[*~`]/);
    equal(escapeText(text).replaceAll('\u2060', ''), text);
  }
  equal(escapeText('containers[name=web].env[name=MY_VAR]'), 'containers[name=web].env[name=MY_VAR]');
});

test('text from Git cannot hide what follows or break the line', () => {
  equal(escapeText('a\u202eb\u0000c\r\nd\u2028e'), 'abc d e');
});

test('a link from Git leads to a web page or nowhere', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'not a url', `https://x.example/${'a'.repeat(5000)}`]) {
    doesNotMatch(JSON.stringify(writeMessage(aText({ link: { url, label: 'l' } }))), /<[^!]*\|/);
  }
  match(
    JSON.stringify(writeMessage(aText({ link: { url: 'https://x.example/a|b>c', label: 'l' } }))),
    /<https:\/\/x\.example\/a%7Cb%3Ec\|l>/,
  );
});

test('a long notice is cut to what Slack takes, with the id still in it', () => {
  const checked = taken(
    aText({
      title: '&'.repeat(9000),
      lines: Array.from({ length: 900 }, (_, index) => `${index} ${'<>&'.repeat(800)}`),
    }),
  );
  ok('payload' in checked);
  match(messageText(checked.payload), /Notice ev-1@team$/);
  doesNotMatch(JSON.stringify(checked.payload), /&(?!(amp|lt|gt);)/);
});

test('Slack takes every message, whatever stands in it', () => {
  const text = fc.string({ unit: 'binary', maxLength: 3500 });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 8 }), text, (title, lines, footer) => {
      ok('payload' in taken(aText({ title, lines, footer: `Notice ${footer}` })));
    }),
    { numRuns: 40 },
  );
});
