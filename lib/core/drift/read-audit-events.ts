/** Reads the lines of a Kubernetes audit log: who did what to which object. What was sent and answered is not kept. */
import * as z from 'zod';

/** audit.k8s.io/v1: https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-Event */
const auditEvent = z.object({
  kind: z.literal('Event'),
  auditID: z.string().default(''),
  stage: z.string(),
  verb: z.string(),
  requestURI: z.string().default(''),
  user: z.object({ username: z.string() }),
  userAgent: z.string().default(''),
  /** Left out where no object is meant: `/healthz`. */
  objectRef: z
    .object({
      resource: z.string().default(''),
      namespace: z.string().default(''),
      name: z.string().default(''),
      apiGroup: z.string().default(''),
      subresource: z.string().default(''),
    })
    .optional(),
  responseStatus: z.object({ code: z.number().optional() }).optional(),
});

export type AuditEvent = z.infer<typeof auditEvent>;
export type AuditedObject = NonNullable<AuditEvent['objectRef']>;

/** A line that cannot be read, cut off for one, is counted; the next sweep finds what it told. */
export function readAuditEvents(lines: readonly string[]): { events: AuditEvent[]; malformed: number } {
  const events = lines.map(readLine).filter((event) => event !== null);
  return { events, malformed: lines.length - events.length };
}

function readLine(line: string): AuditEvent | null {
  try {
    return auditEvent.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
