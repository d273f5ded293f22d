/** An Application as the API and the CLI show it. */
import * as z from 'zod';

const faultReport = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

export const applicationSummary = z.object({
  name: z.string(),
  project: z.string(),
  cluster: z.string().describe('Name in clusters[].'),
  namespace: z.string().describe('Namespace of the destination.'),
  repoURL: z.string(),
  path: z.string(),
  targetRevision: z.string(),
  sync: z.enum(['Synced', 'OutOfSync', 'Unknown']),
  health: z.enum(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown']),
  because: z.string().describe('Why it is not Healthy; empty when it is.'),
  revision: z.string().nullable().describe('Full SHA the cluster was last made equal to; null before the first sync.'),
  syncedAt: z.iso.datetime().nullable(),
  operation: z
    .object({
      id: z.string(),
      phase: z.string(),
      revision: z.string(),
      who: z.string(),
      startedAt: z.iso.datetime(),
      waitsFor: z.string().describe('What the next wave waits for, and why it does not come; empty: nothing.'),
    })
    .nullable()
    .describe('The running sync.'),
  failed: z
    .object({
      revision: z.string(),
      attempts: z.number(),
      retryAt: z.iso.datetime().nullable(),
      fault: faultReport,
    })
    .nullable()
    .describe('The last revision that did not work out.'),
  hold: z
    .object({ who: z.string(), reason: z.string(), since: z.iso.datetime(), until: z.iso.datetime().nullable() })
    .nullable()
    .describe('Automation paused.'),
  blocked: z
    .object({
      code: z.string(),
      because: z.string(),
      since: z.iso.datetime(),
      until: z.iso.datetime().nullable().describe('When it ends by itself; null when nobody knows.'),
      revision: z.string().nullable().describe('What would be synced; null when it is drift that waits.'),
    })
    .nullable()
    .describe('Automation waits for a sync window or for another Application.'),
  condition: faultReport.nullable().describe('Why it does not move.'),
  warnings: z.array(z.string()),
  automated: z.boolean().describe('Whether pushes are synced without being asked.'),
  leaving: z.boolean().describe('Its document left the fleet and its objects are being removed.'),
});

export type ApplicationSummary = z.infer<typeof applicationSummary>;
