/** Shows a Slack message in a terminal: what a reader in Slack would see, line by line. */
import type { SlackPayload } from './check-payload.ts';

const circles: Record<string, string> = {
  ':large_green_circle:': '🟢',
  ':large_blue_circle:': '🔵',
  ':large_yellow_circle:': '🟡',
  ':red_circle:': '🔴',
};

export function messageText({ text, blocks }: SlackPayload): string {
  const texts = blocks.flatMap(textsOf);
  return readMrkdwn(texts.length > 0 ? texts.join('\n') : text);
}

function textsOf(block: SlackPayload['blocks'][number]): string[] {
  switch (block.type) {
    case 'header':
      return [block.text.text];
    case 'section':
      return [...(block.text ? [block.text] : []), ...(block.fields ?? [])].map(({ text }) => text);
    case 'context':
      return [block.elements.map(({ text }) => text).join(' ')];
    case 'divider':
      return ['---'];
  }
}

/** `<url|label>` → `label (url)`; marks, escapes and emoji codes as they are seen. */
function readMrkdwn(text: string): string {
  return text
    .replaceAll(/<([^|>]+)\|([^>]*)>/g, '$2 ($1)')
    .replaceAll(/(?<!\u2060)\*(?!\u2060)/g, '')
    .replaceAll('\u2060', '')
    .replaceAll(/:[a-z_]+:/g, (code) => circles[code] ?? code)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
