/** What an API server said: JSON, or the plain text of what stands before it. */
import * as z from 'zod';

export type Answer = {
  status: number;
  body: unknown;
  /** Of `Retry-After`. */
  retryAfterMs?: number;
  /** Of the access that was refused. */
  advice?: string;
};

const causeSchema = z.object({
  reason: z.string().optional(),
  message: z.string().optional(),
  field: z.string().optional(),
});

/** The `Status` object every refusal carries. */
const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().default(''),
  reason: z.string().optional(),
  code: z.number().optional(),
  metadata: z.object({ continue: z.string().optional() }).optional(),
  details: z
    .object({
      name: z.string().optional(),
      kind: z.string().optional(),
      causes: z.array(causeSchema).nullish(),
      retryAfterSeconds: z.number().optional(),
    })
    .nullish(),
});

export type Cause = z.infer<typeof causeSchema>;
export type Status = z.infer<typeof statusSchema>;

/** A load balancer or proxy answers in its own words: its text becomes the message. */
export function statusOf({ status, body }: Answer): Status {
  const parsed = statusSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const message = typeof body === 'string' ? body.trim().slice(0, 300) : '';
  return { kind: 'Status', message: message || `HTTP ${status}`, code: status };
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
