/** How an HTTP door answers a failure: the catalogue's status, and the words of the fault where they are the asker's business. */
import { Fault } from '../lib/core/fault/fault.ts';
import type { Log } from '../lib/ports/log.ts';

/** The stable shape of every error: `code` is public, `message` and `hint` are for people. */
type FaultAnswer = { status: number; body: { code: string; message: string; hint: string } };

/** Whoever asks may be anybody, so of what is wrong on our side only the code is told: the names of secrets and roles stay in the log. */
export function answerFault(error: unknown, log: Log): FaultAnswer {
  if (error instanceof Fault && error.info.http < 500) {
    const { code, message, hint } = error.report();
    log.warn('request.refused', { code, message });
    return { status: error.info.http, body: { code, message, hint } };
  }
  const [name, status, code] =
    error instanceof Fault
      ? (['request.failed', error.info.http, error.code] as const)
      : (['unexpected', 500, 'unexpected'] as const);
  log.error(name, {}, error);
  const hint = `Look for \`${name}\` in its log.`;
  return { status, body: { code, message: 'Something went wrong inside Trueup', hint } };
}
