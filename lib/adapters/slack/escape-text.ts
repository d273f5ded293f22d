/**
 * Makes text from Git and the cluster mean nothing to Slack: a commit message must not be able to call a whole channel
 * (`<!channel>`) or to pass off one address as another (`<https://evil|https://bank>`).
 */

/** Invisible, and enough to keep a mark from being taken for formatting. */
const wordJoiner = '\u2060';

export function escapeText(text: string): string {
  return (
    text
      .replaceAll(/[\r\n\u2028\u2029]+/g, ' ')
      // Control characters, and those that turn the direction of what follows.
      .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/(?<![\p{L}\p{N}])[*_~`]|[*~`]/gu, (mark) => `${wordJoiner}${mark}${wordJoiner}`)
      .replace(/^&gt;/, `${wordJoiner}&gt;`)
  );
}
