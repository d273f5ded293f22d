/** An error as facts of a log line: a Fault by its report, a bug with its stack, each with what caused it. */
import { Fault } from '../fault/fault.ts';

const maxCauses = 5;

export function describeError(error: unknown, causes = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const cause =
    error.cause === undefined || causes >= maxCauses ? {} : { cause: describeError(error.cause, causes + 1) };
  if (error instanceof Fault) return { ...error.report(), ...cause };
  return { name: error.name, message: error.message, stack: error.stack, ...cause };
}
