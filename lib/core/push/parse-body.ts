/** Reads a webhook body as JSON of a known shape. Fault push.bad_payload, which names every field that does not fit. */
import type { ZodType } from 'zod';
import { Fault } from '../fault/fault.ts';

export function parseBody<T>(body: string, schema: ZodType<T>, gitHost: string): T {
  const result = schema.safeParse(json(body, gitHost));
  if (result.success) return result.data;
  const problems = result.error.issues.slice(0, 10);
  const because = problems.map(({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`).join('; ');
  throw new Fault('push.bad_payload', { gitHost, because });
}

function json(body: string, gitHost: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    const because = body.startsWith('payload=') ? 'it is a form, not JSON' : 'it is not JSON';
    throw new Fault('push.bad_payload', { gitHost, because }, { cause });
  }
}
