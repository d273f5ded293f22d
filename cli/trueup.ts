/** The command `trueup`. */
import { buildProgram } from './program.ts';
import { reportError } from './report-error.ts';

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = reportError(error, { verbose: process.argv.includes('--verbose') });
}
