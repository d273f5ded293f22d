/** The last line of every run: what was counted, alone on its line. Running nothing is a failure. */
import type { Counts } from './run-tests.ts';

export function endWith(counts: Counts): void {
  const nothingRan = counts.passed + counts.failed === 0;
  if (nothingRan) console.log('✖ no test ran');
  console.log(closingLine(counts));
  process.exitCode = counts.failed > 0 || nothingRan ? 1 : 0;
}

export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
