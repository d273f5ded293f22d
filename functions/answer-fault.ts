/** How an HTTP door answers a failure: the catalogue's status and the words of the fault; a bug is logged and keeps its stack. */
import { Fault } from '../lib/core/fault/fault.ts';
import type { Log } from '../lib/ports/log.ts';

/** The stable shape of every error: `code` is public, `message` and `hint` are for people. */
export type FaultAnswer = { status: number; body: { code: string; message: string; hint: string } };

export function answerFault(error: unknown, log: Log): FaultAnswer {
  if (error instanceof Fault) {
    const { code, message, hint } = error.report();
    log.warn('request.refused', { code, message });
    return { status: error.info.http, body: { code, message, hint } };
  }
  log.error('unexpected', {}, error);
  const body = {
    code: 'unexpected',
    message: 'Something went wrong inside Trueup',
    hint: 'Look for `unexpected` in its log.',
  };
  return { status: 500, body };
}
