/** Says on stderr what went wrong, and chooses the exit code: 2 for what a person can mend, 3 for a bug. */
import { CommanderError } from 'commander';
import { Fault } from '../lib/core/fault/fault.ts';

/** As shells say it of a program that was ended by Ctrl-C; here also Ctrl-D at a question. */
const interruptedCode = 130;

export function reportError(error: unknown, { verbose }: { verbose: boolean }): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Error && error.name === 'AbortError') return interruptedCode;
  if (error instanceof Fault) {
    process.stderr.write(`error: ${error.code}: ${error.message}\n  hint: ${error.hint}\n`);
    if (verbose && error.cause !== undefined) process.stderr.write(`  cause: ${describe(error.cause)}\n`);
    return 2;
  }
  const told = verbose ? describe(error) : error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `error: unexpected: ${told}\n  hint: This is a bug. Run it again with --verbose and report it.\n`,
  );
  return 3;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
