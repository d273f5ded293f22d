/** Log lines through the Logger of AWS Lambda Powertools, with the names and the redaction of every other log. */
import type { Logger } from '@aws-lambda-powertools/logger';
import { describeError } from '../../core/log/describe-error.ts';
import { redact } from '../../core/log/redact.ts';
import type { Log } from '../../ports/log.ts';

/** A logger with the line formatter beside; another one writes the facts under `facts`. */
export function powertoolsLog(logger: Pick<Logger, 'info' | 'warn' | 'error'>): Log {
  return {
    info: (name, facts = {}) => logger.info(name, { facts: redact(facts) }),
    warn: (name, facts = {}) => logger.warn(name, { facts: redact(facts) }),
    error(name, facts = {}, error) {
      const described = error === undefined ? {} : { error: describeError(error) };
      logger.error(name, { facts: redact({ ...facts, ...described }) });
    },
  };
}
