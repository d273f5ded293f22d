/** `npm run check`: format, lint, types and the unit tests, in seconds. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWith } from './support/end-with.ts';
import { findTestFiles } from './support/find-test-files.ts';
import { runTests, type TestRun } from './support/run-tests.ts';

const unitTestsWithinMs = 10 * 60_000;
const tests = relative(process.cwd(), fileURLToPath(new URL('.', import.meta.url)));

if (import.meta.main) {
  const pattern = process.argv[2] ?? '';
  const failed = pattern === '' ? checkSource() : 0;
  const unit = await runUnitTests(pattern);
  endWith({ ...unit, failed: unit.failed + failed });
}

/** How many of the two found something wrong. */
export function checkSource(): number {
  return [
    ['format and lint', 'biome', 'check', '.'],
    ['types', 'tsc', '--noEmit', '-p', '.'],
  ].filter(([title = '', command = '', ...args]) => {
    const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
    console.log(status === 0 ? `✔ ${title}` : `✖ ${title} ${error?.message ?? ''}`);
    return status !== 0;
  }).length;
}

export async function runUnitTests(pattern: string): Promise<TestRun> {
  const { unit } = findTestFiles(tests, pattern);
  return runTests(unit, { withinMs: unitTestsWithinMs, concurrency: availableParallelism() });
}
