/** Judges a webhook body as Slack does, with its words for what is wrong (docs.slack.dev, incoming webhooks and Block Kit). */
import * as z from 'zod';

const plainText = z.object({
  type: z.literal('plain_text'),
  text: z.string().min(1).max(3000),
  emoji: z.boolean().optional(),
});
const mrkdwn = z.object({
  type: z.literal('mrkdwn'),
  text: z.string().min(1).max(3000),
  verbatim: z.boolean().optional(),
});
const anyText = z.discriminatedUnion('type', [plainText, mrkdwn]);

const id = { block_id: z.string().max(255).optional() };
/** A section has a text, fields, or both. */
const section = z
  .strictObject({
    type: z.literal('section'),
    text: anyText.optional(),
    fields: z.array(anyText).min(1).max(10).optional(),
    ...id,
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined);

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plainText.extend({ text: z.string().min(1).max(150) }), ...id }),
  section,
  z.strictObject({ type: z.literal('context'), elements: z.array(anyText).min(1).max(10), ...id }),
  z.strictObject({ type: z.literal('divider'), ...id }),
]);

const blocks = z.array(block).max(50);
const longestText = 40_000;

export type SlackPayload = { text: string; blocks: z.infer<typeof blocks> };

export function checkPayload(contentType: string, body: string): { payload: SlackPayload } | { error: string } {
  const payload = parse(contentType, body);
  if (payload === null) return { error: 'invalid_payload' };
  const { text = '', blocks: given = [] } = payload;
  if (typeof text !== 'string') return { error: 'invalid_payload' };
  if (text === '' && Array.isArray(given) && given.length === 0) return { error: 'no_text' };
  if (text.length > longestText) return { error: 'msg_too_long' };
  const read = blocks.safeParse(given);
  return read.success ? { payload: { text, blocks: read.data } } : { error: 'invalid_blocks' };
}

/** JSON, or a form with the JSON in its field `payload`. */
function parse(contentType: string, body: string): Record<string, unknown> | null {
  const json = contentType.startsWith('application/x-www-form-urlencoded')
    ? (new URLSearchParams(body).get('payload') ?? '')
    : body;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
