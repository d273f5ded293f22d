/** One sync of the history as the API shows it. */
import * as z from 'zod';

export const historyItem = z.object({
  id: z.number().nullable().describe('What `trueup rollback` takes; null: not a whole revision.'),
  kind: z.enum(['full', 'partial', 'heal']),
  operation: z.string().describe('Every event of it carries this.'),
  at: z.iso.datetime().describe('When it ended.'),
  revision: z.string().describe('Full SHA; empty for a heal.'),
  result: z.enum(['succeeded', 'failed', 'refused']),
  health: z.string().nullable().describe('How the Application fared at its end.'),
  counts: z.object({ created: z.number(), updated: z.number(), pruned: z.number(), kept: z.number() }),
  durationMs: z.number(),
  who: z.string(),
  why: z.string(),
  message: z.string().describe('First line of the commit message.'),
  url: z.string(),
  fault: z
    .object({ code: z.string(), message: z.string(), hint: z.string(), facts: z.record(z.string(), z.unknown()) })
    .nullable(),
  source: z.string().nullable().describe('Equal for equal source parameters.'),
});
