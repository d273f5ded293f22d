/** Reads the body of a queue message at the border; null when it is none of ours. */
import { z } from 'zod';
import type { Message } from '../lib/ports/queue.ts';

const every = { why: z.string(), trace: z.string().optional() };
const message = z.discriminatedUnion('about', [
  z.object({ about: z.literal('repository'), repoURL: z.string(), ...every }),
  z.object({ about: z.literal('application'), name: z.string(), ...every }),
  z.object({ about: z.literal('cluster'), name: z.string(), ...every }),
  z.object({ about: z.literal('fleet'), ...every }),
  z.object({ about: z.literal('outbox'), ...every }),
]);

export function readMessage(body: string): Message | null {
  try {
    return message.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
