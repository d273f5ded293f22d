/** Middy: answers the event `{trueup: 'self-test'}` with what the function may do, found by trying it; every other event goes on. */
import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { missingStatement } from '../lib/core/aws/missing-statement.ts';
import { readDenial } from '../lib/core/aws/read-denial.ts';
import { Fault } from '../lib/core/fault/fault.ts';
import type { Log } from '../lib/ports/log.ts';
import type { Open } from './open.ts';

/** `attempt` does for real, and harmlessly, what the function does all day; it throws where that is not possible. */
export type SelfCheck = { check: string; attempt(): Promise<unknown> };

/** A list of these is the answer. */
export const selfFinding = z.discriminatedUnion('ok', [
  z.object({ check: z.string(), ok: z.literal(true) }),
  z.object({ check: z.string(), ok: z.literal(false), code: z.string(), message: z.string(), hint: z.string() }),
]);
export type SelfFinding = z.infer<typeof selfFinding>;

/**
 * Only who may invoke the function directly can send this: an HTTP API, a queue, a schedule and a log subscription wrap what
 * they are given in events of their own shape.
 */
export const selfTestEvent = { trueup: 'self-test' } as const;
const asked = z.object({ trueup: z.literal(selfTestEvent.trueup) });

export function selfTest(open: Open<readonly SelfCheck[]>, log: Log): MiddlewareObj {
  return {
    async before({ event, context }) {
      return asked.safeParse(event).success ? tryAll(open, context, log) : undefined;
    },
  };
}

/** All at once, however many fail; also what the function cannot even begin with is a finding. */
async function tryAll(open: Open<readonly SelfCheck[]>, context: Context, log: Log): Promise<SelfFinding[]> {
  let checks: readonly SelfCheck[];
  try {
    checks = await open();
  } catch (error) {
    return [toFinding('reads its configuration', error, log)];
  }
  const withinMs = Math.min(longestMs, context.getRemainingTimeInMillis() - answerMs);
  return Promise.all(checks.map((check) => tryOne(check, withinMs, log)));
}

const longestMs = 30_000;
/** Left for the answer, before the function is stopped. */
const answerMs = 1_500;

async function tryOne({ check, attempt }: SelfCheck, withinMs: number, log: Log): Promise<SelfFinding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Fault('doctor.no_answer', { check, withinMs })), withinMs);
  });
  try {
    await Promise.race([attempt(), late]);
    return { check, ok: true };
  } catch (error) {
    return toFinding(check, error, log);
  } finally {
    clearTimeout(timer);
  }
}

function toFinding(check: string, error: unknown, log: Log): SelfFinding {
  log.warn('self_test.failed', { check, because: String(error) });
  const denied = hintOfDenial(error);
  if (error instanceof Fault) {
    const { code, message, hint } = error.report();
    return { check, ok: false, code, message, hint: denied ?? hint };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    check,
    ok: false,
    code: 'unexpected',
    message,
    hint: denied ?? 'Look for `self_test.failed` in the log of the function.',
  };
}

/** The SDK's own error knows best which action on what was refused: a fault may only know what it asked for. */
function hintOfDenial(error: unknown, depth = 0): string | null {
  if (!(error instanceof Error) || depth > 5) return null;
  const denial = error instanceof Fault ? null : readDenial(error.message);
  if (denial === null) return hintOfDenial(error.cause, depth + 1);
  const { identity, action } = denial;
  if (denial.isForbidden)
    return `A policy of the account or organisation forbids ${action} to ${identity}: ask who looks after it.`;
  return `The role is not as it was deployed: deploy again, or add this statement to ${identity}: ${missingStatement(denial)}`;
}
