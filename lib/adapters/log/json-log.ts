/** One JSON object a line: time, level, name, facts. For machines. */

import { describeError } from '../../core/log/describe-error.ts';
import { redact } from '../../core/log/redact.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

export function jsonLog(write: (line: string) => void, now: Clock): Log {
  const line = (level: string, name: string, facts: Record<string, unknown> = {}, error?: unknown): void => {
    const redacted = redact(facts);
    const described = error === undefined ? {} : { error: redact(describeError(error)) };
    write(
      `${JSON.stringify({ at: new Date(now()).toISOString(), level, name, ...asRecord(redacted), ...described })}\n`,
    );
  };
  return {
    info: (name, facts) => line('info', name, facts),
    warn: (name, facts) => line('warn', name, facts),
    error: (name, facts, error) => line('error', name, facts, error),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
