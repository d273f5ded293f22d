/** Gives a notice Slack's form: a bold title, the lines, a small footer, and the same as plain text for phones. */
import type { NoticeText, Tone } from '../../core/notice/notice-text.ts';
import { escapeText } from './escape-text.ts';

export type SlackMessage = {
  text: string;
  blocks: (Section | Context)[];
  unfurl_links: false;
  unfurl_media: false;
};

type Section = { type: 'section'; text: Mrkdwn };
type Context = { type: 'context'; elements: Mrkdwn[] };
/** `verbatim`: Slack makes no links, mentions or channels of what looks like one. */
type Mrkdwn = { type: 'mrkdwn'; text: string; verbatim: true };

/** Slack takes 3000 characters a section and 50 blocks a message (docs.slack.dev/reference/block-kit/blocks). */
const longestSection = 3000;
const mostSections = 10;
const longestTitle = 500;
const longestFooter = 600;

const emojis: Record<Tone, string> = {
  good: ':large_green_circle:',
  info: ':large_blue_circle:',
  warning: ':large_yellow_circle:',
  bad: ':red_circle:',
};

export function writeMessage({ tone, title, lines, link, footer }: NoticeText): SlackMessage {
  const headline = cut(escapeText(title), longestTitle);
  const page = linkTo(link);
  return {
    text: `${emojis[tone]} ${headline}`,
    blocks: [
      section(`${emojis[tone]} *${headline}*`),
      ...sections(lines.map(escapeText)),
      { type: 'context', elements: [mrkdwn(`${page}${cut(escapeText(footer), longestFooter)}`)] },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** As many lines as fit into one section, then the next; what does not fit into the message is in the record. */
function sections(lines: readonly string[]): Section[] {
  const texts: string[] = [];
  for (const line of lines.map((text) => cut(text, longestSection))) {
    const joined = `${texts.at(-1) ?? ''}\n${line}`;
    if (texts.length > 0 && joined.length <= longestSection) texts[texts.length - 1] = joined;
    else texts.push(line);
  }
  return texts
    .filter((text) => text.trim() !== '')
    .slice(0, mostSections)
    .map(section);
}

/** Only a web page: other schemes in a link from Git could do anything on a click. */
function linkTo(link: NoticeText['link']): string {
  const url = link === null ? null : URL.parse(link.url);
  if (link === null || url === null || !['http:', 'https:'].includes(url.protocol)) return '';
  const address = url.href
    .replaceAll('|', '%7C')
    .replaceAll('>', '%3E')
    .replaceAll('<', '%3C')
    .replaceAll('&', '&amp;');
  return address.length > longestSection / 2 ? '' : `<${address}|${escapeText(link.label)}>  `;
}

/** Never in the middle of `&amp;`, which would come out as it is. */
function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text
        .slice(0, length - 1)
        .replace(/&[a-z]*$/, '')
        .toWellFormed()}…`;
}

function section(text: string): Section {
  return { type: 'section', text: mrkdwn(text) };
}

function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}
