/** How a wake-up is written into a message of SQS, and read again, maybe by another version of Trueup. */
import * as z from 'zod';
import { Fault } from '../../core/fault/fault.ts';
import type { Message } from '../../ports/queue.ts';

/** Raised when an older version would misunderstand what a newer one writes. */
const version = 1;

/** Every queue takes this much, newer ones more. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const maxBytes = 262_144;
/** What only people read gives way first. */
const shortenedTo = 500;

/** Fault queue.message_too_large. */
export function writeBody(message: Message): string {
  const body = toText(message);
  if (sizeOf(body) <= maxBytes) return body;
  const { why, trace } = message;
  const short = { ...message, why: why.slice(0, shortenedTo), trace: trace?.slice(0, shortenedTo) };
  const shortBody = toText(short);
  const sizeBytes = sizeOf(shortBody);
  if (sizeBytes <= maxBytes) return shortBody;
  throw new Fault('queue.message_too_large', { about: message.about, sizeBytes, maxBytes });
}

/** `newer`: another version of Trueup wrote it and will understand it. `garbage`: nobody ever will. */
export type ReadBody = { is: 'message'; message: Message } | { is: 'newer' } | { is: 'garbage' };

export function readBody(body: string): ReadBody {
  const value = parse(body);
  const read = known.safeParse(value);
  if (read.success) return { is: 'message', message: read.data };
  return isNewer(value) ? { is: 'newer' } : { is: 'garbage' };
}

const every = { v: z.literal(version).optional(), why: z.string(), trace: z.string().optional() };
const known = z
  .discriminatedUnion('about', [
    z.object({ about: z.literal('repository'), repoURL: z.string(), ...every }),
    z.object({ about: z.literal('application'), name: z.string(), waitsSince: z.number().optional(), ...every }),
    z.object({
      about: z.literal('cluster'),
      name: z.string(),
      ...every,
      kinds: z.array(z.string()).optional(),
      unmarkedKinds: z.array(z.string()).optional(),
    }),
    z.object({ about: z.literal('fleet'), ...every }),
    z.object({ about: z.literal('outbox'), ...every }),
  ])
  .transform(({ v: _, ...message }): Message => message);
const abouts: readonly string[] = ['repository', 'application', 'cluster', 'fleet', 'outbox'];

function isNewer(value: unknown): boolean {
  const head = z.object({ v: z.int().min(1).default(version), about: z.unknown().optional() }).safeParse(value);
  if (!head.success) return false;
  const { v, about } = head.data;
  return v > version || (typeof about === 'string' && !abouts.includes(about));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** SQS refuses U+FFFE and U+FFFF as they are; what else it refuses JSON escapes by itself. */
function toText(message: Message): string {
  const text = JSON.stringify({ v: version, ...message });
  return text.replace(/[\uFFFE\uFFFF]/g, (forbidden) => `\\u${forbidden.charCodeAt(0).toString(16)}`);
}

function sizeOf(body: string): number {
  return new TextEncoder().encode(body).byteLength;
}
