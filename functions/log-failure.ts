/** Middy: what fails an invocation is logged, with its code and hint where it has them, before Lambda only counts it. */
import type { MiddlewareObj } from '@middy/core';
import { Fault } from '../lib/core/fault/fault.ts';
import type { Log } from '../lib/ports/log.ts';

/** What a door made an answer of has been logged by it. */
export function logFailure(log: Log): MiddlewareObj {
  return {
    onError({ error, response }) {
      if (response !== undefined) return;
      log.error(error instanceof Fault ? 'invocation.failed' : 'unexpected', {}, error);
    },
  };
}
