/** Runs a command of npm and says in plain words what went wrong: 2 is what a person can mend, 3 a bug. */
import { Fault } from '../../lib/core/fault/fault.ts';

export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.exitCode = error instanceof Fault ? 2 : 3;
    if (error instanceof Fault) console.error(`error: ${error.code}: ${error.message}\n  hint: ${error.hint}`);
    else console.error('error: unexpected, this is a bug:', error);
  }
}
