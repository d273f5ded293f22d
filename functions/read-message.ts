/** Reads the body of a queue message at the border; null when it is none of ours. */
import { z } from 'zod';
import type { Message } from '../lib/ports/queue.ts';

const why = z.string();
const message = z.discriminatedUnion('about', [
  z.object({ about: z.literal('repository'), repoURL: z.string(), why }),
  z.object({ about: z.literal('application'), name: z.string(), why }),
  z.object({ about: z.literal('cluster'), name: z.string(), why }),
  z.object({ about: z.literal('fleet'), why }),
  z.object({ about: z.literal('outbox'), why }),
]);

export function readMessage(body: string): Message | null {
  try {
    return message.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
